using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using IocEnrich.Engine.Orchestration;
using IocEnrich.PowerShell.Jobs;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Reads the results of one job, one at a time; with or without taking them out.</summary>
internal sealed class JobReader
{
    private readonly ResultBuffer _results;
    private readonly bool _keep;
    private long _cursor;
    private Task? _wait;

    internal JobReader(IocEnrichmentJob job, bool keep)
    {
        Job = job;
        _results = job.Enrichment.Results;
        _keep = keep;

        // What Receive-Job -Keep, or a look at the streams, has put there comes back first.
        job.UnloadJobStreams();
    }

    internal IocEnrichmentJob Job { get; }

    /// <summary>Whether the job has ended and everything in it was read.</summary>
    internal bool IsAtEnd { get; private set; }

    internal bool TryTake([NotNullWhen(true)] out EnrichmentResult? result)
    {
        // In this order: a result may still arrive between a look at the buffer and the end of the job, but not after the end.
        bool ended = Job.Streams.Ended.IsCompleted;
        if (_keep ? _results.TryPeek(ref _cursor, out result) : _results.TryTake(out result))
        {
            return true;
        }

        IsAtEnd = ended;
        return false;
    }

    internal void PutBack(IReadOnlyCollection<EnrichmentResult> results)
    {
        if (!_keep)
        {
            _results.PutBack(results);
        }
    }

    /// <summary>Whoever reads next is told why the job ended early.</summary>
    internal void PutBackReason()
    {
        if (!_keep)
        {
            Job.Streams.PutBackReason();
        }
    }

    /// <summary>Why the job ended early, unless that was told before. A reader that keeps the results keeps the reason as well.</summary>
    internal bool TryTakeReason([NotNullWhen(true)] out ErrorRecord? reason)
    {
        if (!_keep)
        {
            return Job.Streams.TryTakeReason(out reason);
        }

        reason = EnrichmentErrorRecord.Of(Job);
        return reason is not null;
    }

    /// <summary>Waits until there is something to read, or the job has ended.</summary>
    internal Task WaitAsync(CancellationToken cancellationToken)
    {
        // A wait that still lasts is waited for again: a new one each time another job has something would pile up on this one.
        if (_wait is null || _wait.IsCompleted)
        {
            _wait = _results.IsCompleted
                ? Job.Streams.Ended.WaitAsync(cancellationToken)
                : _results.WaitAsync(_keep ? _cursor : 0, cancellationToken);
        }

        return _wait;
    }
}
