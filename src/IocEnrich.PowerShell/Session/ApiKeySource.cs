using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Redaction;

namespace IocEnrich.PowerShell.Session;

/// <summary>
/// Where a key comes from: the parameter, else the option of the session, else the places that the provider names, in its order: environment
/// variables, a configuration file.
/// </summary>
internal static class ApiKeySource
{
    /// <summary>Finds the key, in order of precedence.</summary>
    /// <param name="provider">The provider of the key.</param>
    /// <param name="parameter">What was given as a parameter; it goes before everything else.</param>
    /// <param name="option">What is set in the session; it goes before what stands outside.</param>
    /// <param name="problem">Where there is none, or none that can be one: a sentence that says where it was looked for.</param>
    /// <param name="isMissing">Whether there was none at all.</param>
    internal static bool TryFind(
        ProviderDefinition provider,
        SecureString? parameter,
        SecureString? option,
        [NotNullWhen(true)] out ApiKey? key,
        [NotNullWhen(false)] out string? problem,
        out bool isMissing)
    {
        if (parameter is not null)
        {
            isMissing = false;
            return TryCreate(provider, Reveal(parameter), "the parameter -ApiKey", out key, out problem);
        }

        if (option is not null)
        {
            isMissing = false;
            return TryCreate(provider, Reveal(option), "the session's option ApiKey", out key, out problem);
        }

        foreach (KeySource source in provider.Key.Sources)
        {
            isMissing = false;
            try
            {
                if (source.Read() is { } text)
                {
                    return TryCreate(provider, text, source.Place, out key, out problem);
                }
            }
            catch (Exception exception) when (IsUnreadable(exception))
            {
                key = null;
                problem = $"Cannot read {source.Place} to find the {provider.Name} key. {ForeignText.Of(exception)} Fix the file, pass the key with -ApiKey, or set {provider.Key.Variable}.";
                return false;
            }
        }

        key = null;
        isMissing = true;
        string[] places = ["the parameter -ApiKey", "the session's option ApiKey", .. provider.Key.Sources.Select(static source => source.Description)];
        problem = $"No {provider.Name} key was found in {string.Join(", in ", places[..^1])}, or in {places[^1]}. "
            + $"Set one of them, for example: {provider.Key.Variable} = '<your key>'";
        return false;
    }

    /// <summary>Whether a text can be a key at all.</summary>
    /// <param name="provider">The provider of the key.</param>
    /// <param name="reason">Where it cannot, a sentence that says why, without showing it.</param>
    internal static bool CanBeKey(ProviderDefinition provider, SecureString key, [NotNullWhen(false)] out string? reason) =>
        provider.TryCreateKey(Reveal(key), out _, out reason);

    /// <summary>Whether this is what reading a file throws when that cannot be done.</summary>
    internal static bool IsUnreadable(Exception exception) => exception is IOException or InvalidDataException or UnauthorizedAccessException or SecurityException;

    private static bool TryCreate(
        ProviderDefinition provider, string text, string place, [NotNullWhen(true)] out ApiKey? key, [NotNullWhen(false)] out string? problem)
    {
        bool isKey = provider.TryCreateKey(text, out key, out string? reason);
        problem = isKey ? null : $"The {provider.Name} key from {place} cannot be used. {reason}";
        return isKey;
    }

    private static string Reveal(SecureString key) => new NetworkCredential("", key).Password;
}
