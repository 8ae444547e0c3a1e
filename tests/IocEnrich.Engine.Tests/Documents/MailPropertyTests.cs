using System.Globalization;
using System.Text;
using CsCheck;

namespace IocEnrich.Engine.Tests.Documents;

/// <summary>Any indicator, encoded in any way, in any charset that holds it, in any part, comes out exact.</summary>
public sealed class MailPropertyTests
{
    private static readonly string[] Charsets = ["utf-8", "us-ascii", "iso-8859-1", "windows-1252", "windows-1251", "koi8-r", "iso-2022-jp", "shift_jis", "gb18030", "big5", "euc-kr", "utf-16", "utf-32"];

    private static readonly Gen<string> Label = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789"].Array[2, 10].Select(static chars => "a" + new string(chars));

    private static readonly Gen<string> Name = Gen.Select(Label.Array[1, 3], Gen.OneOf("com", "net", "org", "xyz")).Select(static (labels, top) => $"{string.Join('.', labels)}.{top}");

    private static readonly Gen<string> Url = Gen.Select(Name, Gen.Char["abcXYZ019-.=&?%+"].Array[0, 100])
        .Select(static (host, path) => $"https://{host}/{new string(path).Replace("%", "%41", StringComparison.Ordinal).Replace("..", ".", StringComparison.Ordinal)}/z")

        // What two of them join is a command behind a URL.
        .Where(static url => !url.Contains("&&", StringComparison.Ordinal));

    private static readonly Gen<string> Hash = Gen.Char["0123456789abcdef"].Array[63].Select(static digits => "a" + new string(digits));

    private static readonly Gen<string> Indicator = Gen.Frequency((3, Url), (1, Name), (1, Hash), (1, Gen.Byte.Array[4].Select(static bytes => string.Join('.', bytes))));

    private static readonly Gen<(string Encoding, string Charset, bool IsHtml, int Depth)> Part = Gen.Select(
        Gen.OneOf("7bit", "8bit", "base64", "quoted-printable"), Gen.OneOf(Charsets), Gen.Bool, Gen.Int[0, 4]);

    [Fact]
    public void An_indicator_comes_out_exact_of_any_part() =>
        Gen.Select(Indicator, Part, Gen.Int[0, 100]).Sample(
            static (indicator, part, before) =>
            {
                using DocumentFile file = new();
                string text = $"{new string('x', before)} {indicator} \r\n";
                IReadOnlyList<IndicatorOccurrence> found = file.Find(MailOf(text, part.Encoding, part.Charset, part.IsHtml, part.Depth));
                IndicatorOccurrence only = Assert.Single(found);
                Assert.Equal((indicator, indicator), (only.Value, only.Text));
                Assert.Equal(before + 2, only.Column);
                Assert.Empty(file.Notes);
            },
            iter: 500);

    [Fact]
    public void A_mail_without_indicators_yields_none() =>
        Gen.Select(Gen.Char["abc xyz\n=&<>-"].Array[0, 200], Part).Sample(
            static (chars, part) =>
            {
                using DocumentFile file = new();
                Assert.Empty(file.Find(MailOf(new string(chars), part.Encoding, part.Charset, part.IsHtml, part.Depth)));
            },
            iter: 300);

    [Fact]
    public void Bytes_that_only_begin_as_a_mail_end_nothing() =>
        Gen.Select(Gen.OneOf("multipart/mixed; boundary=a", "text/html", "message/rfc822", "text/plain; charset=gb18030"), Gen.Byte.Array[0, 2000], Gen.Bool).Sample(
            static (type, bytes, areParts) =>
            {
                using DocumentFile file = new();
                byte[] rest = areParts ? [.. bytes.SelectMany(static b => b < 20 ? "\r\n--a\r\n"u8.ToArray() : b < 40 ? "Content-Type: message/rfc822\r\n\r\n"u8.ToArray() : [b])] : bytes;
                file.Find([.. Encoding.ASCII.GetBytes($"From: a\r\nSubject: b\r\nContent-Type: {type}\r\n\r\n"), .. rest]);
            },
            iter: 1000);

    private static byte[] MailOf(string text, string encoding, string charset, bool isHtml, int depth)
    {
        Encoding bytesOf = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        byte[] bytes = bytesOf.GetBytes(isHtml ? text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal) : text);

        // What is wider than a byte cannot be sent as it is.
        bool isWide = charset.StartsWith("utf-16", StringComparison.Ordinal) || charset.StartsWith("utf-32", StringComparison.Ordinal);
        string how = isWide && encoding.EndsWith("bit", StringComparison.Ordinal) ? "base64" : encoding;
        byte[] body = how switch
        {
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)),
            "quoted-printable" => Encoding.ASCII.GetBytes(QuotedPrintable(bytes)),
            _ => bytes,
        };
        byte[] mail = [.. Encoding.ASCII.GetBytes($"Content-Type: {(isHtml ? "text/html" : "text/plain")}; charset={charset}\r\nContent-Transfer-Encoding: {how}\r\n\r\n"), .. body];
        for (int level = 0; level < depth; level++)
        {
            mail = level % 2 == 0
                ? [.. Encoding.ASCII.GetBytes($"Content-Type: multipart/mixed; boundary=\"b{level}\"\r\n\r\n--b{level}\r\n\r\nfirst\r\n--b{level}\r\n"), .. mail, .. Encoding.ASCII.GetBytes($"\r\n--b{level}--\r\n")]
                : [.. "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n"u8, .. mail];
        }

        return [.. "From: somebody\r\nSubject: outer\r\nMIME-Version: 1.0\r\n"u8, .. mail];
    }

    private static string QuotedPrintable(byte[] bytes)
    {
        StringBuilder text = new();
        int column = 0;
        foreach (byte b in bytes)
        {
            string one = b is >= 33 and <= 126 and not (byte)'=' ? ((char)b).ToString() : b == ' ' ? "=20" : b is (byte)'\r' or (byte)'\n' ? $"={b:X2}" : "=" + b.ToString("X2", CultureInfo.InvariantCulture);
            if (column + one.Length > 75)
            {
                text.Append("=\r\n");
                column = 0;
            }

            text.Append(one);
            column += one.Length;
        }

        return text.ToString();
    }
}
