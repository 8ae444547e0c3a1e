using System.Management.Automation;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.PowerShell.Jobs;

/// <summary>
/// An enrichment job as a native PowerShell job: Get-Job, Wait-Job, Receive-Job, Stop-Job and Remove-Job work on it, and
/// Receive-IocEnrichmentResult returns its results one by one.
/// </summary>
public sealed class IocEnrichmentJob : Job
{
    // Stop-Job returns when the job has ended; a job that does not end in this time ends later, and is not waited for.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly EnrichmentOrchestrator _orchestrator;
    private readonly JobRepository _repository;
    private readonly JobStreams _streams;
    private readonly object _removal = new();
    private int _disposed;

    // The thread that is telling everybody that the job has ended; 0 before and after that.
    private int _endingThread;
    private bool _isBackInList;

    internal IocEnrichmentJob(
        string? name, string location, EnrichmentOrchestrator orchestrator, EnrichmentJob enrichment, JobRepository repository)
        : base("Start-IocEnrichment", name)
    {
        _orchestrator = orchestrator;
        _repository = repository;
        Enrichment = enrichment;
        Location = location;
        PSJobTypeName = nameof(IocEnrichmentJob);
        SetJobState(JobState.Running);
        _streams = new JobStreams(this, SetFinalState);
    }

    /// <summary>The progress of the job: an immutable snapshot, taken now.</summary>
    public EnrichmentProgress Summary => Enrichment.GetProgress();

    /// <summary>Whether there are results that have not been received, or may still come, because the job is running.</summary>
    public override bool HasMoreData => Enrichment.IsRunning || Enrichment.HasResultsLeft;

    /// <summary>The host name of the service.</summary>
    public override string Location { get; }

    /// <summary>The progress of the job, in a few words.</summary>
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

    /// <summary>Stops the job. Requests in flight are canceled; indicators without an answer are reported as Failed.</summary>
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
            lock (_removal)
            {
                if (_endingThread != 0 && _endingThread != Environment.CurrentManagedThreadId && _repository.GetJob(InstanceId) is null)
                {
                    _repository.Add(this);
                    _isBackInList = true;
                }
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// Tells everybody who listens that the job has ended. Receive-Job -Wait -AutoRemoveJob may have begun to listen just before: then it
    /// removes the job when it sees the state, and once more when it is told, and reports as an error that the job is not in the list any
    /// more. So a job that another thread removes in these moments is in the list again until everybody has been told.
    /// </summary>
    private void SetFinalState(JobState state)
    {
        lock (_removal)
        {
            _endingThread = Environment.CurrentManagedThreadId;
        }

        try
        {
            SetJobState(state);
        }
        finally
        {
            lock (_removal)
            {
                _endingThread = 0;
                if (_isBackInList && _repository.GetJob(InstanceId) is not null)
                {
                    _repository.Remove(this);
                }
            }
        }
    }
}
