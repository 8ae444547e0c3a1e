using System.Reflection;

namespace IocEnrich;

/// <summary>The data files inside the assembly: one entry a line, <c>#</c> starts a comment.</summary>
internal static class EmbeddedLines
{
    public static IEnumerable<string> Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The data file {name} is missing from the assembly.");
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
