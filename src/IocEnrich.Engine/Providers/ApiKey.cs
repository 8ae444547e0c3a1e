using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using IocEnrich.Engine.Redaction;

namespace IocEnrich.Engine.Providers;

/// <summary>
/// A key of a provider. It goes into the header of a request and nowhere else: it has no public text, so that it cannot end up in a
/// message, a log or a property listing by accident.
/// </summary>
[DebuggerDisplay("(a key)")]
public sealed class ApiKey
{
    private const int MaxLength = 512;

    // Held so that no text shows it: see KnownSecrets.
    private readonly Secret _secret;

    private ApiKey(string value) => _secret = KnownSecrets.Hold(value);

    /// <summary>Creates a key from text, if the text can be one.</summary>
    /// <param name="text">The key; surrounding white space is removed.</param>
    /// <param name="key">The key, if the text can be one.</param>
    /// <param name="reason">Otherwise, the reason in a sentence, without the text.</param>
    public static bool TryCreate(string? text, [NotNullWhen(true)] out ApiKey? key, [NotNullWhen(false)] out string? reason)
    {
        key = null;
        string value = text?.Trim() ?? "";
        if (value.Length == 0)
        {
            reason = "The key is empty.";
        }
        else if (value.Length > MaxLength)
        {
            reason = $"The key is {value.Length} characters long.";
        }
        else if (value.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
        {
            // Anything else could not stand in an HTTP header, or could end it.
            reason = "The key contains a space, a line break or a character that is not ASCII.";
        }
        else
        {
            reason = null;
            key = new ApiKey(value);
            return true;
        }

        return false;
    }

    /// <summary>A placeholder; never the text of the key.</summary>
    public override string ToString() => "(a key)";

    internal string Reveal() => _secret.Value;
}
