using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.Engine.Tests.VirusTotal;

/// <summary>When a file was first seen is what the service has seen, and never what stands in the file.</summary>
public sealed class FirstSeenTests
{
    private static readonly DateTimeOffset Created = new(1992, 6, 19, 22, 22, 17, TimeSpan.Zero);
    private static readonly DateTimeOffset Submitted = new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("44d88612fea8a8f36de82e1278abb02f", false)]
    [InlineData("https://evil.example.com/a", false)]
    [InlineData("8.8.4.4", false)]
    [InlineData("evil.example.com", true)]
    public void A_creation_date_counts_for_domains_only(string indicator, bool counts)
    {
        Assert.Equal(counts ? Created : null, FirstSeen(indicator, new VirusTotalReport { CreationDate = Created }));
        Assert.Equal(Submitted, FirstSeen(indicator, new VirusTotalReport { CreationDate = Created, FirstSubmissionDate = Submitted }));
    }

    private static DateTimeOffset? FirstSeen(string indicator, VirusTotalReport report) =>
        report.ToResult(Indicator.Parse(indicator), VerdictThresholds.Default, Submitted).FirstSeen;
}
