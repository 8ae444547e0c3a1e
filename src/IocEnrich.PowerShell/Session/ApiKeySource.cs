using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security;
using System.Text.RegularExpressions;
using IocEnrich.Engine.VirusTotal;

namespace IocEnrich.PowerShell.Session;

/// <summary>
/// Where a key comes from: the parameter, else <c>$env:VT_API_KEY</c>, else <c>$env:VTCLI_APIKEY</c>, else the file of VirusTotal's own
/// command line, <c>~/.vt.toml</c>.
/// </summary>
internal static partial class ApiKeySource
{
    private static readonly string[] Variables = ["VT_API_KEY", "VTCLI_APIKEY"];

    /// <summary>Finds the key.</summary>
    /// <param name="parameter">What was given as a parameter; it goes before everything else.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">Where there is none, or none that can be one: a sentence that says where it was looked for.</param>
    /// <param name="isMissing">Whether there was none at all.</param>
    internal static bool TryFind(
        SecureString? parameter, [NotNullWhen(true)] out ApiKey? key, [NotNullWhen(false)] out string? problem, out bool isMissing)
    {
        (string? text, string source) = Read(parameter);
        isMissing = text is null;
        if (text is null)
        {
            key = null;
            problem = "There is no VirusTotal key. It was looked for in the parameter -ApiKey, in the environment variables VT_API_KEY and "
                + $"VTCLI_APIKEY, and as apikey in {ConfigurationFile}. Set one of them, as in: $env:VT_API_KEY = '<your key>'";
            return false;
        }

        if (ApiKey.TryCreate(text, out key, out string? reason))
        {
            problem = null;
            return true;
        }

        problem = $"The VirusTotal key from {source} cannot be used. {reason}";
        return false;
    }

    private static string ConfigurationFile => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".vt.toml");

    private static (string? Text, string Source) Read(SecureString? parameter)
    {
        if (parameter is not null)
        {
            return (new NetworkCredential("", parameter).Password, "the parameter -ApiKey");
        }

        foreach (string variable in Variables)
        {
            if (Environment.GetEnvironmentVariable(variable) is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return (value, $"the environment variable {variable}");
            }
        }

        return (ReadConfiguration(ConfigurationFile), ConfigurationFile);
    }

    // vt-cli writes apikey="…" at the top level of the file.
    private static string? ReadConfiguration(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        foreach (string line in File.ReadLines(path))
        {
            if (line.TrimStart().StartsWith('['))
            {
                return null;
            }

            if (ApiKeyLine().Match(line) is { Success: true } match)
            {
                return match.Groups["key"].Value;
            }
        }

        return null;
    }

    [GeneratedRegex("""^\s*"?apikey"?\s*=\s*(?<quote>["'])(?<key>[^"']*)\k<quote>""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ApiKeyLine();
}
