using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VirusTotal.Emulator.Indicators;

/// <summary>Recognises indicators and brings them into the one form they are counted and answered by.</summary>
internal static class CanonicalText
{
    // "invalid" and its like can never be delegated, so the service knows them as unknown. Reserved names that documentation and tests
    // live on (.example, .test) are let through on purpose.
    private static readonly string[] UnknownTopLevels = ["invalid", "local", "localhost", "internal", "localdomain", "lan"];
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> LabelCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>The canonical form of any indicator a caller may write; text of no known kind stays as it is.</summary>
    public static string Canonicalize(string text) => Recognize(text)?.Canonical ?? text;

    /// <summary>What a text is, and its canonical form; <see langword="null"/> if it is no indicator.</summary>
    public static (LookupKind Kind, string Canonical)? Recognize(string text) =>
        text.Contains("://", StringComparison.Ordinal) ? (LookupKind.Url, text)
        : Hash(text) is { } hash ? (LookupKind.File, hash)
        : Address(text) is { } address ? (LookupKind.IpAddress, address)
        : Domain(text) is { } domain ? (LookupKind.Domain, domain)
        : null;

    /// <summary>A lower-case MD5, SHA-1 or SHA-256, or <see langword="null"/>.</summary>
    public static string? Hash(string text) =>
        text.Length is 32 or 40 or 64 && !text.AsSpan().ContainsAnyExcept(HexDigits) ? text.ToLowerInvariant() : null;

    /// <summary>An IPv4 address of four decimal numbers or an IPv6 address, in its shortest form, or <see langword="null"/>.</summary>
    public static string? Address(string text)
    {
        // IPAddress reads "1" and "0x7f.1" as IPv4, scope ids and brackets as IPv6: none of them is an address to the service.
        if (text.AsSpan().ContainsAny('%', '[', ']') || !IPAddress.TryParse(text, out IPAddress? address))
        {
            return null;
        }

        string canonical = address.ToString();
        return address.AddressFamily != AddressFamily.InterNetwork || canonical == text ? canonical : null;
    }

    /// <summary>A domain in lower case and in ASCII, without the dot of the root, or <see langword="null"/>.</summary>
    public static string? Domain(string text)
    {
        string name = text.EndsWith('.') ? text[..^1] : text;
        if (!System.Text.Ascii.IsValid(name) && !TryGetAscii(name, out name))
        {
            return null;
        }

        name = name.ToLowerInvariant();
        int labels = 0;
        ReadOnlySpan<char> last = default;
        foreach (Range range in name.AsSpan().Split('.'))
        {
            last = name.AsSpan(range);
            labels++;
            if (last.Length is 0 or > 63 || last.ContainsAnyExcept(LabelCharacters) || last[0] == '-' || last[^1] == '-')
            {
                return null;
            }
        }

        bool topLevel = last.StartsWith("xn--", StringComparison.Ordinal) || (last.Length >= 2 && !last.ContainsAnyExceptInRange('a', 'z'));
        return labels >= 2 && name.Length <= 253 && topLevel && !UnknownTopLevels.Contains(last.ToString()) ? name : null;
    }

    private static bool TryGetAscii(string name, out string ascii)
    {
        try
        {
            ascii = Idn.GetAscii(name);
            return true;
        }
        catch (ArgumentException)
        {
            // IdnMapping has no Try form: a name it refuses is simply not a domain.
            ascii = "";
            return false;
        }
    }
}
