using System.Globalization;

namespace IocEnrich.Benchmarks;

/// <summary>The options of a command: <c>--name value</c>.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = [];

    internal Options(string[] arguments)
    {
        for (int index = 0; index < arguments.Length; index += 2)
        {
            if (!arguments[index].StartsWith("--", StringComparison.Ordinal) || index + 1 == arguments.Length)
            {
                throw new ArgumentException($"\"{arguments[index]}\" is no option with a value.", nameof(arguments));
            }

            _values[arguments[index][2..]] = arguments[index + 1];
        }
    }

    internal string? Text(string name) => _values.GetValueOrDefault(name);

    internal int Whole(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    internal int[] List(string name, params int[] otherwise) =>
        Text(name) is { } text ? [.. text.Split(',').Select(static part => int.Parse(part, CultureInfo.InvariantCulture))] : otherwise;
}
