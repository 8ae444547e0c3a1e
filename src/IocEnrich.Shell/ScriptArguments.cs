using System.Management.Automation.Language;
using System.Text;
using System.Text.RegularExpressions;

namespace IocEnrich.Shell;

/// <summary>
/// Writes the words after a script's path as a person would type them at a prompt, so that the script's param block binds them by its own
/// rules: <c>-Name value</c>, <c>-Name:value</c>, <c>-Switch</c>, <c>-Switch:$false</c>, and values by position, as with <c>pwsh -File</c>.
/// </summary>
internal static partial class ScriptArguments
{
    /// <summary>A call of the script. What is not the name of a parameter is quoted, so nothing in it is code.</summary>
    public static string ToCall(string callee, IEnumerable<string> words)
    {
        StringBuilder call = new($"& {callee}");
        foreach (string word in words)
        {
            // After "-Name:" the next word is its value, whatever that looks like.
            bool isAwaited = call[^1] == ':';
            Match parameter = ParameterPattern().Match(word);
            if (!isAwaited)
            {
                call.Append(' ');
            }

            if (isAwaited || !parameter.Success)
            {
                call.Append(Quote(word));
                continue;
            }

            call.Append(parameter.Groups["name"].Value);
            if (parameter.Groups["value"] is { Length: > 0, Value: var value })
            {
                call.Append(bool.TryParse(value.TrimStart('$'), out bool boolean) ? boolean ? "$true" : "$false" : Quote(value));
            }
        }

        // A script that ends with "-Name:" would take the rest of the line for the value.
        return call[^1] == ':' ? call.Append("''").ToString() : call.ToString();
    }

    /// <summary>A literal string of the language.</summary>
    public static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex(@"\A(?<name>-[\p{L}_?]\w*:?)(?<value>(?<=:).+)?\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex ParameterPattern();
}
