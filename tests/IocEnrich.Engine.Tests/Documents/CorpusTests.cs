using IocEnrich.Benchmarks.Corpora;

namespace IocEnrich.Engine.Tests.Documents;

/// <summary>The measure that judges the rules on real material (tests/IocEnrich.Benchmarks, command corpus).</summary>
public sealed class CorpusTests
{
    [Fact]
    public void A_truth_is_read_line_by_line_and_written_the_same()
    {
        CorpusEntry[] entries = [.. CorpusEntry.Read(new StringReader("# a comment\n\na\\b.txt\t12\tUrl\thttp://evil.com/\nc.txt\t\tDomain\tevil.com\n"))];

        Assert.Equal([new("a/b.txt", 12, "Url", "http://evil.com/"), new("c.txt", null, "Domain", "evil.com")], entries);
        Assert.Equal(["a/b.txt\t12\tUrl\thttp://evil.com/", "c.txt\t\tDomain\tevil.com"], entries.Select(static entry => entry.ToString()));
    }

    [Theory]
    [InlineData("a.txt\t1\tUrl")]
    [InlineData("a.txt\tone\tUrl\tx")]
    [InlineData("a.txt\t1\tUrl\tx\ty")]
    public void A_line_that_is_none_is_named(string line) =>
        Assert.Contains("Line 2 ", Assert.Throws<FormatException>(() => CorpusEntry.Read(new StringReader("# \n" + line)).ToArray()).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_found_missed_altered_and_false_is_counted_once_a_file_by_type()
    {
        CorpusEntry[] truth =
        [
            new("a", null, "Url", "http://evil.com/whole"), new("a", null, "Url", "http://evil.com/a,b"), new("a", null, "Url", "http://gone.com/"),
            new("a", null, "Url", "HTTP://EVIL.com/whole"), new("b", null, "Domain", "evil.com"),
        ];
        CorpusEntry[] found =
        [
            new("a", 1, "Url", "http://evil.com/whole"), new("a", 9, "Url", "http://evil.com/whole"), new("a", 2, "Url", "http://evil.com/a"),
            new("a", 3, "Url", "http://none.org/"), new("b", 1, "Domain", "evil.com"), new("b", 1, "Md5", "d41d8cd98f00b204e9800998ecf8427e"),
        ];

        IReadOnlyList<CorpusScore> scores = CorpusScore.Of(found, truth);

        Assert.Equal(["DOMAIN", "URL"], scores.Select(static score => score.Type));
        Assert.Equal((1, 0, 0, 0), Counts(scores[0]));
        Assert.Equal((2, 1, 1, 1), Counts(scores[1]));
        Assert.Equal(("http://evil.com/a,b", "http://evil.com/a"), (scores[1].Altered[0].Truth.Value, scores[1].Altered[0].Instead.Value));
        Assert.Equal("http://none.org/", scores[1].False[0].Value);
    }

    [Fact]
    public void Where_the_truth_has_lines_a_value_in_another_line_is_false()
    {
        CorpusScore score = Assert.Single(CorpusScore.Of([new("a", 1, "Domain", "evil.com"), new("a", 2, "Domain", "evil.com")], [new("a", 1, "Domain", "evil.com")]));

        Assert.Equal((1, 0, 0, 1), Counts(score));
    }

    private static (int Found, int Missed, int Altered, int False) Counts(CorpusScore score) =>
        (score.Found.Count, score.Missed.Count, score.Altered.Count, score.False.Count);
}
