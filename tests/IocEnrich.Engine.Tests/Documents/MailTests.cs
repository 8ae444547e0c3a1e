using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IocEnrich.Engine.Tests.Documents;

/// <summary>Mail is read as mail.</summary>
public sealed class MailTests : IDisposable
{
    private const string Start = "From: bob@sender.net\nMIME-Version: 1.0\n";

    private static readonly string[] FromStart = ["bob@sender.net | header From | 1"];

    private readonly DocumentFile _mail = new();

    public void Dispose() => _mail.Dispose();

    [Fact]
    public void A_part_that_is_not_encoded_has_the_lines_and_columns_of_the_file()
    {
        IReadOnlyList<IndicatorOccurrence> found = _mail.Find(Start + "Content-Type: text/plain\n\nhello\n  see hxxps://evil[.]com/a\n");

        Assert.Equal(("https://evil.com/a", "1 text/plain", 6L, 7L), (found[^1].Value, found[^1].Part, found[^1].Line, found[^1].Column));
        Assert.Equal("hxxps://evil[.]com/a", found[^1].Text);
        Assert.Equal(("bob@sender.net", "header From", 1L, 7L), (found[0].Value, found[0].Part, found[0].Line, found[0].Column));
    }

    [Fact]
    public void What_is_encoded_is_decoded_and_has_the_lines_of_the_decoded_text()
    {
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes("one\r\nhttps://evil.com/in-base64\r\n"));

        Assert.Equal(
            [
                .. FromStart,
                "https://evil.com/a-url-that-is-longer-than-a-line?a=1&b=2 | 1 text/plain (quoted-printable) | 2",
                "https://evil.com/in-base64 | 2 text/plain (base64) | 2",
            ],
            _mail.Lines(Start + $"""
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                one=3Dtwo
                https://evil.com/a-url-that-is-longer-tha=
                n-a-line?a=3D1&b=3D2
                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: base64

                {base64}
                --b--

                """));
    }

    [Fact]
    public void Parts_are_numbered_as_IMAP_numbers_them_and_mails_in_mails_are_read()
    {
        Assert.Equal(
            [
                .. FromStart,
                "a.com | 1.1 text/plain | 10",
                "b.com | 1.2 text/html | 14",
                "inner@sender.org | 2 header From | 20",
                "c.com | 2.1 text/plain | 22",
                "last@sender.org | 3 header From | 27",
                "d.com | 3.1 text/plain | 32",
                "e.com | 3.2 text/plain | 35",
            ],
            _mail.Lines(Start + """
                Content-Type: multipart/mixed; boundary=outer

                --outer
                Content-Type: multipart/alternative; boundary=inner

                --inner

                a.com
                --inner
                Content-Type: text/html

                <p>b.com</p>
                --inner--
                --outer
                Content-Type: message/rfc822

                MIME-Version: 1.0
                From: inner@sender.org

                c.com
                --outer
                Content-Type: message/rfc822

                MIME-Version: 1.0
                From: last@sender.org
                Content-Type: multipart/mixed; boundary=third

                --third

                d.com
                --third

                e.com
                --third--
                --outer--
                """));
    }

    [Theory]
    [InlineData("base64")]
    [InlineData("quoted-printable")]
    public void A_mail_in_an_encoded_attachment_is_read_as_well(string encoding)
    {
        const string Inner = "From: inner@sender.org\r\nSubject: x\r\n\r\nhttps://evil.com/=inner\r\n";
        string encoded = encoding == "base64" ? Convert.ToBase64String(Encoding.ASCII.GetBytes(Inner)) : Inner.Replace("=", "=3D", StringComparison.Ordinal);

        Assert.Equal(
            [.. FromStart, $"inner@sender.org | 1 header From ({encoding}) | 1", $"https://evil.com/=inner | 1.1 text/plain ({encoding}) | 4"],
            _mail.Lines(Start + $"Content-Type: application/octet-stream; name=a.eml\nContent-Transfer-Encoding: {encoding}\n\n{encoded}\n"));
    }

    [Theory]
    [InlineData("=?utf-8?q?see_evil=2Ecom?=", "evil.com")]
    [InlineData("=?utf-8?b?c2VlIGV2aWwuY29t?=", "evil.com")]
    [InlineData("=?windows-1251?b?7/Do4uXyIGV2aWwuY29t?=", "evil.com")]
    [InlineData("=?iso-2022-jp?b?GyRCJUYlOSVIGyhCIGV2aWwuY29t?=", "evil.com")]
    [InlineData("=?utf-8?q?http://evil?=\n =?utf-8?q?.com/path?=", "http://evil.com/path")]
    [InlineData("plain\n evil.com", "evil.com")]
    public void Headers_are_decoded_and_unfolded(string subject, string value)
    {
        IndicatorOccurrence found = _mail.Find(Start + $"Subject: {subject}\n\nbody\n")[^1];

        Assert.Equal((value, "header Subject"), (found.Value, found.Part));
        Assert.Equal(subject.StartsWith("plain", StringComparison.Ordinal) ? 4 : 3, found.Line);
    }

    [Theory]
    [InlineData("iso-2022-jp")]
    [InlineData("shift_jis")]
    [InlineData("windows-1251")]
    [InlineData("koi8-r")]
    [InlineData("gb18030")]
    [InlineData("big5")]
    [InlineData("euc-kr")]
    [InlineData("utf-16")]
    [InlineData("utf-8")]
    public void A_part_is_read_in_its_own_charset(string charset)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        string word = charset switch { "windows-1251" or "koi8-r" => "пример", "gb18030" or "big5" => "中文", "euc-kr" => "예", _ => "例え" };
        string expected = $"http://{new IdnMapping().GetAscii(word)}.com/";

        IndicatorOccurrence found = _mail.Find(
            Start + $"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(encoding.GetBytes($"http://{word}.com/ "))}\n")[^1];

        Assert.Equal(expected, found.Value);
        Assert.Empty(_mail.Notes);
    }

    [Theory]
    [InlineData("https://evil.com/a+AHs-b", "https://evil.com/a+AHs-b", false)]
    [InlineData("+ADw-a href+AD0-+ACI-https://evil.com/x?a+AD0-b+ACI-+AD4-", "https://evil.com/x?a=b", true)]
    [InlineData("https://evil.com/a+b-c", "https://evil.com/a+b-c", true)]
    public void UTF_7_is_believed_only_where_the_text_is_written_in_it(string text, string value, bool says)
    {
        IndicatorOccurrence found = _mail.Find(Start + $"Content-Type: text/html; charset={(says ? "utf-7" : "utf-8")}\n\n{text}\n")[^1];

        Assert.Equal(value, found.Value);
    }

    [Fact]
    public void An_attached_file_is_named_with_the_hash_of_its_bytes()
    {
        byte[] bytes = [0x50, 0x4B, 3, 4, .. RandomNumberGenerator.GetBytes(1000)];
        string hash = Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

        IndicatorOccurrence found = _mail.Find(Start + $"""
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: application/zip
            Content-Disposition: attachment; filename*=utf-8''invoice%20%E2%82%AC.zip
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}
            --b--
            """)[^1];

        Assert.Equal((IndicatorType.Sha256, hash, "invoice €.zip", "1 application/zip 'invoice €.zip' (base64)", 10L), (found.Type, found.Value, found.Text, found.Part, found.Line));
        Assert.DoesNotContain(_mail.Search(new IndicatorExtractorOptions { Types = new HashSet<IndicatorType> { IndicatorType.Url } }), static each => each.Type == IndicatorType.Sha256);
    }

    [Fact]
    public void An_attached_page_is_named_and_searched_and_a_picture_of_the_body_is_not()
    {
        string page = Convert.ToBase64String("<!DOCTYPE html><a href='https://evil.com/login?a=1&amp;b=2'>x</a>"u8);

        string[] lines = _mail.Lines(Start + $"""
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: application/octet-stream; name="invoice.pdf"
            Content-Transfer-Encoding: base64

            {page}
            --b
            Content-Type: image/png; name=logo.png
            Content-ID: <logo@evil.com>
            Content-Transfer-Encoding: base64

            iVBORw0KGgo=
            --b--
            """);

        Assert.Equal(3, lines.Length);
        Assert.EndsWith("| 1 application/octet-stream 'invoice.pdf' (base64) | 9", lines[1], StringComparison.Ordinal);
        Assert.Equal("https://evil.com/login?a=1&b=2 | 1 application/octet-stream 'invoice.pdf' (base64) | 1", lines[2]);
    }

    [Fact]
    public void Boundaries_names_of_files_and_ids_of_parts_are_no_indicators()
    {
        Assert.Equal(
            FromStart,
            _mail.Lines(Start + """
                Content-Type: multipart/mixed; boundary="d41d8cd98f00b204e9800998ecf8427e"; name=setup.evil.com

                --d41d8cd98f00b204e9800998ecf8427e
                Content-Type: text/plain; name="evil.com"
                Content-ID: <image001.png@01D5.evil.com>

                --d41d8cd98f00b204e9800998ecf8427e--
                """));
    }

    [Fact]
    public void A_file_is_a_mail_by_what_it_begins_with_and_may_hold_several()
    {
        using DocumentFile file = new("mails.txt");

        Assert.Equal(
            [
                "a@sender.net | message 1 header From | 2", "a.com | message 1 1 text/plain (quoted-printable) | 1",
                "b@sender.net | message 2 header From | 10", "b.com | message 2 1 text/plain | 13",
            ],
            file.Lines("""
                From MAILER Thu Jan  1 00:00:00 2026
                From: a@sender.net
                Subject: a
                Content-Type: text/plain
                Content-Transfer-Encoding: quoted-printable

                a=2Ecom

                From MAILER Thu Jan  1 00:00:00 2026
                From: b@sender.net
                Subject: b

                b.com
                """));
    }

    [Theory]
    [InlineData("From: the desk\nSee evil=2Ecom and evil.com\n")]
    [InlineData("Subject: report\n\nContent-Transfer-Encoding: base64\n\nevil.com\n")]
    [InlineData("evil.com: From, To and Subject\n")]
    [InlineData("2026-01-01 From: a To: b evil.com\n")]
    public void A_text_that_only_speaks_of_mail_is_one_text(string text)
    {
        using DocumentFile file = new("report.txt");

        IReadOnlyList<IndicatorOccurrence> found = file.Find(text);

        Assert.NotEmpty(found);
        Assert.All(found, static each => Assert.Null(each.Part));
    }
}
