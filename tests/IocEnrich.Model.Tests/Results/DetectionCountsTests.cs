namespace IocEnrich.Model.Tests.Results;

public sealed class DetectionCountsTests
{
    [Theory]
    [InlineData(3, 0, 60, 9, Verdict.Malicious)]
    [InlineData(2, 5, 60, 9, Verdict.Suspicious)]
    [InlineData(1, 0, 60, 9, Verdict.Suspicious)]
    [InlineData(0, 1, 60, 9, Verdict.Suspicious)]
    [InlineData(0, 0, 1, 70, Verdict.Harmless)]
    [InlineData(0, 0, 0, 70, Verdict.Undetected)]
    [InlineData(0, 0, 0, 0, Verdict.Unknown)]
    public void Opinions_add_up_to_a_verdict(int malicious, int suspicious, int harmless, int undetected, Verdict verdict) =>
        Assert.Equal(verdict, new DetectionCounts(malicious, suspicious, harmless, undetected).ToVerdict(VerdictThresholds.Default));

    [Fact]
    public void The_threshold_of_malicious_can_be_set()
    {
        Assert.Equal(Verdict.Malicious, new DetectionCounts(1, 0, 70, 0).ToVerdict(new VerdictThresholds { Malicious = 1 }));
        Assert.Equal(Verdict.Suspicious, new DetectionCounts(9, 0, 60, 0).ToVerdict(new VerdictThresholds { Malicious = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new VerdictThresholds { Malicious = 0 });
    }

    [Fact]
    public void The_threshold_of_suspicious_counts_both_opinions_and_what_stays_below_counts_as_seen_by_nobody()
    {
        VerdictThresholds thresholds = new() { Suspicious = 3 };

        Assert.Equal(Verdict.Suspicious, new DetectionCounts(2, 1, 60, 0).ToVerdict(thresholds));
        Assert.Equal(Verdict.Harmless, new DetectionCounts(1, 1, 60, 0).ToVerdict(thresholds));
        Assert.Equal(Verdict.Undetected, new DetectionCounts(1, 1, 0, 60).ToVerdict(thresholds));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new VerdictThresholds { Suspicious = 0 });
    }

    [Fact]
    public void Checked_by_seventy_looks_different_from_not_checked()
    {
        EnrichmentResult found = new()
        {
            Indicator = "x",
            Type = IndicatorType.Domain,
            Status = EnrichmentStatus.Found,
            Malicious = 0,
            Suspicious = 0,
            Harmless = 60,
            Undetected = 10,
        };

        Assert.Equal(("0/70", 70), (found.Detections, found.Engines));
        Assert.Equal(("", null), ((found with { Status = EnrichmentStatus.NotFound, Malicious = null }).Detections, (found with { Malicious = null }).Engines));
    }
}
