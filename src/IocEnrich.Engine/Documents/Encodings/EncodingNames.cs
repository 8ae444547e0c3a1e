using System.Text;

namespace IocEnrich.Engine.Documents.Encodings;

/// <summary>Finds encodings by the names that people, mails and detectors give them. Nothing is registered for the process.</summary>
public static class EncodingNames
{
    /// <summary>
    /// The encoding of a name or of a code page's number. ISO-8859-1 and ISO-8859-9 are the Windows code pages that hold them, as browsers
    /// read them (WHATWG Encoding Standard).
    /// </summary>
    /// <param name="name">The name, such as <c>windows-1251</c>.</param>
    /// <returns><see langword="null"/> for a name that nobody knows, and for UTF-7, which turns plain text into something else.</returns>
    public static Encoding? Find(string? name)
    {
        string clean = name?.Trim().Trim('"', '\'').Trim() ?? "";
        if (clean.Length == 0)
        {
            return null;
        }

        clean = clean.ToLowerInvariant() switch
        {
            "utf8" or "unicode-1-1-utf-8" => "utf-8",
            "latin1" or "latin-1" or "iso-8859-1" or "iso8859-1" or "iso_8859-1" => "windows-1252",
            "iso-8859-9" or "iso8859-9" or "latin5" => "windows-1254",
            "gb2312" or "gbk" or "x-gbk" => "gb18030",
            "x-sjis" or "shift-jis" => "shift_jis",
            "ks_c_5601-1987" => "euc-kr",
            "cp-1252" or "cp1252" => "windows-1252",
            _ => clean,
        };
        try
        {
            Encoding? found = int.TryParse(clean, out int codePage) ? OfCodePage(codePage) : CodePagesEncodingProvider.Instance.GetEncoding(clean) ?? Encoding.GetEncoding(clean);
            return IsUtf7(found) ? null : found;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether a name is one of UTF-7, which only mails of old, and some that hide what they say, are written in.</summary>
    internal static bool IsUtf7(string? name) =>
        name?.Trim().Trim('"').ToLowerInvariant() is "utf-7" or "utf7" or "unicode-1-1-utf-7" or "x-unicode-1-1-utf-7" or "csunicode11utf7";

    /// <summary>Whether it is UTF-8, or the half of it that every reader of UTF-8 reads as well.</summary>
    internal static bool IsUtf8OrAscii(Encoding encoding) => encoding.CodePage is 65001 or 20127;

    private static Encoding? OfCodePage(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);

    private static bool IsUtf7(Encoding? encoding) => encoding is null or { CodePage: 65000 };
}
