using IocEnrich.Engine.Orchestration;
using static IocEnrich.Engine.Tests.Orchestration.ScriptedProvider;

namespace IocEnrich.Engine.Tests.Orchestration;

public sealed class ScopeTests
{
    private static readonly string[] Inputs =
        ["10.0.0.5", "dc01.corp.local", "http://192.168.1.1/login", "8.8.8.8", "example.com", "CVE-2021-44228", "bob@example.com"];

    private readonly EnrichmentOrchestrator _orchestrator = new();
    private readonly ScriptedProvider _provider = Answering(static (indicator, _) => Found(indicator));

    [Fact]
    public async Task What_is_not_public_or_has_no_lookup_is_skipped_with_the_reason_and_nobody_is_asked()
    {
        EnrichmentJob job = _orchestrator.Start(_provider);

        job.AddAll(Inputs);
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(
            [
                "Skipped 10.0.0.5: private address (10.0.0.0/8, RFC 1918).",
                "Skipped CVE-2021-44228: Scripted has no lookup for CVEs.",
                "Skipped bob@example.com: Scripted has no lookup for email addresses.",
                "Skipped dc01.corp.local: names under \"local\" exist only on one link (RFC 6762).",
                "Skipped http://192.168.1.1/login: host 192.168.1.1 is a private address (192.168.0.0/16, RFC 1918).",
            ],
            results.Where(static result => result.Status == EnrichmentStatus.Skipped).Select(static result => result.Reason!).Order(StringComparer.Ordinal));
        Assert.Equal(2, _provider.Total);
        Assert.Equal((7, 5), (results.Length, job.GetProgress().Skipped));
    }

    [Fact]
    public async Task What_is_not_public_is_asked_where_the_user_insists_and_there_is_a_lookup()
    {
        EnrichmentJob job = _orchestrator.Start(_provider, JobTesting.Options() with { IncludeNonPublic = true }, out _);

        job.AddAll(Inputs);
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(
            ["CVE-2021-44228", "bob@example.com"],
            results.Where(static result => result.Status == EnrichmentStatus.Skipped).Select(static result => result.Indicator).Order(StringComparer.Ordinal));
        Assert.Equal(5, _provider.Total);
    }
}
