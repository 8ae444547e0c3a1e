using System.Globalization;
using System.Text;
using IocEnrich.Engine.Documents;

namespace IocEnrich.Engine.Tests.Documents;

/// <summary>Mail that is broken, endless or made to do harm is read as far as it goes, and says where it was not.</summary>
public sealed class HostileMailTests : IDisposable
{
    private const string Start = "From: bob@sender.net\nMIME-Version: 1.0\n";

    private static readonly string[] FromStart = ["bob@sender.net | header From | 1"];

    private readonly DocumentFile _mail = new();

    public void Dispose() => _mail.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html")]
    [InlineData("Content-Type: multipart/mixed\n\n--b\n\nevil\n")]
    [InlineData("Content-Type: text/plain; charset=\nContent-Transfer-Encoding: base64\n\n!!!!\n")]
    [InlineData("Content-Type: ;;;\nContent-Transfer-Encoding: quoted-printable\n\n=\n==\n=4\n")]
    public void A_mail_that_is_broken_or_ends_early_is_read_as_far_as_it_goes(string rest)
    {
        Assert.Equal(FromStart, _mail.Lines(Start + rest));
        Assert.Empty(_mail.Notes);
    }

    [Fact]
    public void A_boundary_that_is_missing_hides_nothing() =>
        Assert.Equal(
            [.. FromStart, "a.com | preamble | 5", "b.com | 1 text/plain | 8", "c.com | epilogue | 10"],
            _mail.Lines(Start + "Content-Type: multipart/mixed; boundary=b\n\na.com\n--b\n\nb.com\n--b--\nc.com\n"));

    [Fact]
    public void Ten_thousand_parts_are_read()
    {
        StringBuilder mail = new(Start + "Content-Type: multipart/mixed; boundary=b\n\n");
        for (int i = 0; i < 10_000; i++)
        {
            mail.Append(CultureInfo.InvariantCulture, $"--b\n\nhttps://evil.com/{i}\n");
        }

        IReadOnlyList<IndicatorOccurrence> found = _mail.Find(mail.ToString());

        Assert.Equal(10_001, found.Count);
        Assert.Equal(("https://evil.com/9999", "10000 text/plain"), (found[^1].Value, found[^1].Part));
        Assert.Empty(_mail.Notes);
    }

    [Fact]
    public void Parts_that_are_too_deep_are_searched_as_text_and_noted()
    {
        string mail = Start;
        for (int i = 0; i < 1000; i++)
        {
            mail += $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n";
        }

        IReadOnlyList<IndicatorOccurrence> found = _mail.Find(mail + "\nevil.com\n");

        Assert.Equal("evil.com", found[^1].Value);
        Assert.Contains("deep", Assert.Single(_mail.Notes).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Mails_in_encoded_mails_are_read_to_a_depth_and_what_is_deeper_is_noted()
    {
        string mail = "From: a@sender.net\r\nSubject: x\r\n\r\nevil.com\r\n";
        for (int i = 0; i < 20; i++)
        {
            mail = $"From: a@sender.net\r\nSubject: x\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Encoding.ASCII.GetBytes(mail))}\r\n";
        }

        IReadOnlyList<IndicatorOccurrence> found = _mail.Find(mail);

        // The last of them is searched as one text.
        Assert.Equal(10, found.Count(static each => each.Value == "a@sender.net"));
        Assert.Contains("deep", Assert.Single(_mail.Notes).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_does_not_end_takes_no_memory_and_is_searched_as_text()
    {
        // 64 MB of one header, and then the rest.
        using (StreamWriter writer = new(_mail.Path))
        {
            writer.Write("From: bob@sender.net\r\nSubject: x\r\nX-Long: ");
            string piece = new('a', 1023);
            for (int i = 0; i < 64 * 1024; i++)
            {
                writer.Write(piece + " ");
            }

            writer.Write("\r\n\r\nevil.com\r\n");
        }

        IndicatorOccurrence[] found = [.. _mail.Search()];

        Assert.Contains(found, static each => each.Value == "evil.com");
        Assert.Contains(found, static each => each.Value == "bob@sender.net");
        Assert.Equal(DocumentNoteKind.MailNotReadToItsEnd, Assert.Single(_mail.Notes).Kind);
    }

    [Fact]
    public void A_line_of_any_length_in_a_part_is_searched_to_its_end()
    {
        string line = string.Concat(Enumerable.Repeat("a b c d e f g h ", 200_000));

        Assert.Equal("https://evil.com/end | 1 text/plain | 5", _mail.Lines(Start + "Content-Type: text/plain\n\n" + line + "https://evil.com/end\n")[^1]);
    }

    [Fact]
    public void The_search_of_a_mail_can_be_ended()
    {
        using CancellationTokenSource end = new();
        _mail.Find(Start + "\n" + string.Concat(Enumerable.Repeat("https://evil.com/\n", 10_000)));

        using IEnumerator<IndicatorOccurrence> found = _mail.Search(cancellationToken: end.Token).GetEnumerator();
        Assert.True(found.MoveNext());
        end.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
        {
            while (found.MoveNext())
            {
            }
        });
    }
}
