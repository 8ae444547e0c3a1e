using System.Globalization;
using System.Text;
using System.Text.Json;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// The text of a JSON string, whatever stands in it. The reader of .NET refuses half a surrogate pair and bytes that are not UTF-8, both of
/// which are uploaded on purpose: here the half stays as it is, and such bytes become U+FFFD.
/// </summary>
internal static class RawJsonText
{
    /// <summary>The text of the token that the reader stands on, as it would be between quotation marks.</summary>
    internal static string Read(ref Utf8JsonReader reader)
    {
        string text = Encoding.UTF8.GetString(reader.ValueSpan);
        return reader.ValueIsEscaped ? Unescape(text) : text;
    }

    // The reader has seen already that each escape is one of those that JSON has.
    private static string Unescape(string text)
    {
        StringBuilder plain = new(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                plain.Append(text[at]);
                continue;
            }

            at++;
            switch (text[at])
            {
                case 'u':
                    plain.Append((char)ushort.Parse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    at += 4;
                    break;
                case var letter:
                    plain.Append(letter switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => letter });
                    break;
            }
        }

        return plain.ToString();
    }
}
