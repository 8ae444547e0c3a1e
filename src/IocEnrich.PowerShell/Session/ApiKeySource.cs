using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Redaction;

namespace IocEnrich.PowerShell.Session;

/// <summary>
/// Where a key comes from: the parameter, else the option of the session, else <c>$env:VT_API_KEY</c>, else <c>$env:VTCLI_APIKEY</c>, else
/// the file of VirusTotal's own command line, <c>~/.vt.toml</c>.
/// </summary>
internal static class ApiKeySource
{
    private static readonly string[] Variables = ["VT_API_KEY", "VTCLI_APIKEY"];

    /// <summary>The file of VirusTotal's own command line.</summary>
    internal static string ConfigurationFile => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".vt.toml");

    /// <summary>Finds the key.</summary>
    /// <param name="parameter">What was given as a parameter; it goes before everything else.</param>
    /// <param name="option">What is set in the session; it goes before what stands outside.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">Where there is none, or none that can be one: a sentence that says where it was looked for.</param>
    /// <param name="isMissing">Whether there was none at all.</param>
    internal static bool TryFind(
        SecureString? parameter,
        SecureString? option,
        [NotNullWhen(true)] out ApiKey? key,
        [NotNullWhen(false)] out string? problem,
        out bool isMissing)
    {
        key = null;
        isMissing = false;
        string? text;
        string place;
        try
        {
            (text, place) = Read(parameter, option);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            problem = $"Cannot read {ConfigurationFile} to find the VirusTotal key. {ForeignText.Of(exception)} Fix the file, pass the key with -ApiKey, or set $env:VT_API_KEY.";
            return false;
        }

        if (text is null)
        {
            isMissing = true;
            problem = "No VirusTotal key was found in the parameter -ApiKey, in the session's option ApiKey, in the environment "
                + $"variables VT_API_KEY and VTCLI_APIKEY, or as apikey in {ConfigurationFile}. Set one of them, for example: $env:VT_API_KEY = '<your key>'";
            return false;
        }

        if (ApiKey.TryCreate(text, out key, out string? reason))
        {
            problem = null;
            return true;
        }

        problem = $"The VirusTotal key from {place} cannot be used. {reason}";
        return false;
    }

    /// <summary>Whether a text can be a key at all.</summary>
    /// <param name="key">The text.</param>
    /// <param name="reason">Where it cannot, a sentence that says why, without showing it.</param>
    internal static bool CanBeKey(SecureString key, [NotNullWhen(false)] out string? reason) => ApiKey.TryCreate(Reveal(key), out _, out reason);

    /// <summary>The key that stands outside the session, in the environment or in the file; <see langword="null"/> where there is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">The file is not what it should be.</exception>
    internal static OutsideKey? FindOutside()
    {
        foreach (string variable in Variables)
        {
            if (Environment.GetEnvironmentVariable(variable) is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return new OutsideKey(WithoutQuotes(value), OptionSource.Environment, "$env:" + variable);
            }
        }

        return Path.Exists(ConfigurationFile) && ReadConfiguration() is { } text ? new OutsideKey(text, OptionSource.File, ConfigurationFile) : null;
    }

    /// <summary>Whether this is what reading a file throws when that cannot be done.</summary>
    internal static bool IsUnreadable(Exception exception) => exception is IOException or InvalidDataException or UnauthorizedAccessException or SecurityException;

    private static (string? Text, string Place) Read(SecureString? parameter, SecureString? option)
    {
        if (parameter is not null)
        {
            return (Reveal(parameter), "the parameter -ApiKey");
        }

        if (option is not null)
        {
            return (Reveal(option), "the session's option ApiKey");
        }

        return FindOutside() is { } found ? (found.Text, found.Origin) : (null, "");
    }

    private static string Reveal(SecureString key) => new NetworkCredential("", key).Password;

    // A method of its own: the engine is loaded for it, which a session that has its key elsewhere does without.
    private static string? ReadConfiguration() => VtCliConfiguration.ReadKey(ConfigurationFile);

    // Who writes a line such as VT_API_KEY="…" for a program that knows no quotation marks means the key between them.
    private static string WithoutQuotes(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 2 && trimmed[0] == trimmed[^1] && trimmed[0] is '"' or '\'' ? trimmed[1..^1] : text;
    }

    /// <summary>A key and where it stands. Not a record: that would show the text of a key as its own.</summary>
    internal sealed class OutsideKey(string text, OptionSource source, string origin)
    {
        internal string Text { get; } = text;

        internal OptionSource Source { get; } = source;

        internal string Origin { get; } = origin;
    }
}
