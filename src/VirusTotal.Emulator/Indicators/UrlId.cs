using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VirusTotal.Emulator.Indicators;

/// <summary>The two ids a URL has: base64url without padding, and the SHA-256 of its text.</summary>
internal static class UrlId
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The SHA-256 of the URL's UTF-8 text in lower-case hexadecimal: the service's <c>data.id</c>.</summary>
    public static string Sha256(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));

    /// <summary>Whether the text is of the base64url alphabet, without padding.</summary>
    public static bool IsWellFormed(string id) => id.Length > 0 && !id.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>Reads the URL out of a base64url id; <see langword="null"/> if the bytes are no URL.</summary>
    public static string? Decode(string id)
    {
        try
        {
            string text = StrictUtf8.GetString(Base64Url.DecodeFromChars(id));
            int colon = text.IndexOf("://", StringComparison.Ordinal);
            return colon > 0 && colon + 3 < text.Length && !text.AsSpan().ContainsAnyInRange('\0', ' ') ? text : null;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            // Any text of the alphabet may stand in the path; what does not decode to UTF-8 is an id nobody has seen.
            return null;
        }
    }
}
