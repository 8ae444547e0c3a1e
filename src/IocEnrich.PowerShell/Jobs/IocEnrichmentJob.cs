using System.Management.Automation;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.PowerShell.Jobs;

/// <summary>
/// An enrichment job as a native PowerShell job: Get-Job, Wait-Job, Receive-Job, Stop-Job and Remove-Job work on it, and
/// Receive-IocEnrichmentResult gives its results one by one.
/// </summary>
public sealed class IocEnrichmentJob : Job
{
    // Stop-Job returns when the job has ended; a job that does not end in this time ends later, and is not waited for.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly EnrichmentOrchestrator _orchestrator;
    private readonly JobStreams _streams;
    private int _disposed;

    internal IocEnrichmentJob(string? name, string location, EnrichmentOrchestrator orchestrator, EnrichmentJob enrichment)
        : base("Start-IocEnrichment", name)
    {
        _orchestrator = orchestrator;
        Enrichment = enrichment;
        Location = location;
        PSJobTypeName = nameof(IocEnrichmentJob);
        SetJobState(JobState.Running);
        _streams = new JobStreams(this, SetJobState);
    }

    /// <summary>How far the job is: a snapshot, taken now. Nothing done to it changes the job.</summary>
    public EnrichmentProgress Summary => Enrichment.GetProgress();

    /// <summary>Whether there are results that nobody has received.</summary>
    public override bool HasMoreData => Enrichment.HasResultsLeft;

    /// <summary>Who is asked.</summary>
    public override string Location { get; }

    /// <summary>How far the job is, in a few words.</summary>
    public override string StatusMessage
    {
        get
        {
            EnrichmentProgress summary = Summary;
            string waits = ProgressText.WaitsFor(summary);
            return ProgressText.Done(summary) + (waits.Length == 0 ? "" : $", waiting for {waits}");
        }
    }

    internal EnrichmentJob Enrichment { get; }

    /// <summary>Stops the job. Requests in flight are broken off; what has no answer is reported as not asked.</summary>
    public override void StopJob()
    {
        Enrichment.Stop();
        _streams.AwaitEnd(StopLimit);
    }

    /// <summary>The streams, for the cmdlet that receives one by one.</summary>
    internal JobStreams Streams => _streams;

    /// <inheritdoc/>
    protected override void DoLoadJobStreams() => _streams.Offer();

    /// <inheritdoc/>
    protected override void DoUnloadJobStreams() => _streams.Withhold();

    /// <summary>Remove-Job calls this: the job leaves the session's list, and stops if it still runs.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _orchestrator.Forget(Enrichment);
            StopJob();
        }

        base.Dispose(disposing);
    }
}
