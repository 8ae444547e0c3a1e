using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.PowerShell.Jobs;

/// <summary>
/// Keeps the native streams of a job in step with its results. A result lies in one place at a time: in the job's own buffer, from which
/// Receive-IocEnrichmentResult takes one and writes one, or, as soon as somebody looks at the streams (Receive-Job does), in the streams.
/// So nothing is wrapped for PowerShell before somebody wants it, and whoever receives next gets what is left.
/// </summary>
internal sealed class JobStreams
{
    // How long a reader waits for a result that another thread is just moving into the streams.
    private static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(1);

    private readonly IocEnrichmentJob _job;
    private readonly Action<JobState> _setJobState;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _offered;
    private PSDataCollection<PSObject>? _output;
    private PSDataCollection<ErrorRecord>? _error;
    private int _reasonReported;

    // How often the pump was asked for since it last stood still. Only who raises it from 0 pumps.
    private int _pumpRequests;
    private int _pumpThread;
    private bool _stateIsFinal;

    internal JobStreams(IocEnrichmentJob job, Action<JobState> setJobState)
    {
        _job = job;
        _setJobState = setJobState;
        job.Enrichment.HeldElsewhere = HoldsAny;
        job.Enrichment.ResultAdded += OnResultAdded;
        job.Enrichment.Finished.ContinueWith(
            static (_, streams) => ((JobStreams)streams!).Pump(), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Completes when the job has its final state.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Moves the results into the streams, now and as they come. PowerShell calls it when somebody looks at a stream.</summary>
    internal void Offer()
    {
        if (_job.JobStateInfo.State != JobState.Running)
        {
            // The streams were closed when the job ended: nothing can be added to them, but they can be replaced.
            OfferNewStreams();
            return;
        }

        _output = _job.Output;
        _error = _job.Error;
        _offered = true;

        // Not the final state as well: Receive-Job -Wait listens to it by now, and its handler waits for the very thread that is here.
        Pump(maySetState: false);
        AwaitPump();
    }

    /// <summary>Takes what nobody received out of the streams, back to the front of the buffer.</summary>
    internal void Withhold()
    {
        if (!_offered)
        {
            return;
        }

        _offered = false;
        AwaitPump();
        if (_error!.ReadAll().Any(static record => record.TargetObject is IocEnrichmentJob))
        {
            _reasonReported = 0;
        }

        // The errors of single indicators are left out: whoever writes a failed result makes its error anew.
        _job.Enrichment.Results.PutBack([.. _output!.ReadAll().Select(static item => (EnrichmentResult)item.BaseObject)]);
    }

    /// <summary>Why the job ended early, once: the error that goes with its last result.</summary>
    internal bool TryTakeReason([NotNullWhen(true)] out ErrorRecord? reason)
    {
        reason = _job.Summary.Error is { } error && Interlocked.Exchange(ref _reasonReported, 1) == 0
            ? EnrichmentErrorRecord.Of(_job, error)
            : null;
        return reason is not null;
    }

    private bool HoldsAny() => _offered && (_output!.Count > 0 || _error!.Count > 0);

    private void OnResultAdded()
    {
        if (_offered)
        {
            Pump();
        }
    }

    // One thread at a time pumps, and no lock is held while it does: with Receive-Job -Wait attached, adding to a stream and setting the
    // state run the receiver's code on this thread.
    private void Pump(bool maySetState = true)
    {
        if (Interlocked.Increment(ref _pumpRequests) != 1)
        {
            return;
        }

        bool stateIsDue = false;

        Volatile.Write(ref _pumpThread, Environment.CurrentManagedThreadId);
        int seen;
        do
        {
            seen = Volatile.Read(ref _pumpRequests);
            bool finished = _job.Enrichment.Finished.IsCompleted;
            if (_offered)
            {
                MoveResults(_output!, _error!);
            }

            stateIsDue = finished && !_stateIsFinal;
            if (stateIsDue && maySetState)
            {
                SetFinalState();
                stateIsDue = false;
            }
        }
        while (!TryStandStill(seen));

        if (stateIsDue)
        {
            ThreadPool.QueueUserWorkItem(static streams => streams.Pump(), this, preferLocal: false);
        }
    }

    /// <summary>Waits until the job has its final state; not where the caller is run by the very change of the state.</summary>
    internal void AwaitEnd(TimeSpan limit)
    {
        if (!IsOnPumpThread)
        {
            _ended.Task.Wait(limit);
        }
    }

    private bool IsOnPumpThread => Volatile.Read(ref _pumpThread) == Environment.CurrentManagedThreadId;

    private bool TryStandStill(int seen)
    {
        Volatile.Write(ref _pumpThread, 0);
        if (Interlocked.CompareExchange(ref _pumpRequests, 0, seen) == seen)
        {
            return true;
        }

        Volatile.Write(ref _pumpThread, Environment.CurrentManagedThreadId);
        return false;
    }

    private void AwaitPump()
    {
        if (!IsOnPumpThread)
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref _pumpRequests) == 0, MoveLimit);
        }
    }

    private void MoveResults(PSDataCollection<PSObject> output, PSDataCollection<ErrorRecord> error)
    {
        ResultBuffer results = _job.Enrichment.Results;
        while (_offered && results.TryTake(out EnrichmentResult? result))
        {
            try
            {
                output.Add(PSObject.AsPSObject(result));
            }
            catch (Exception exception) when (!output.IsOpen && exception is PSInvalidOperationException or ObjectDisposedException)
            {
                // The job was removed meanwhile. A variable that still holds it can receive what is left.
                _offered = false;
                results.PutBack([result]);
                return;
            }

            if (result.Error is not null && error.IsOpen)
            {
                error.Add(EnrichmentErrorRecord.Of(result));
            }
        }
    }

    private void OfferNewStreams()
    {
        PSDataCollection<PSObject> output = [];
        PSDataCollection<ErrorRecord> error = [];
        while (_job.Enrichment.Results.TryTake(out EnrichmentResult? result))
        {
            output.Add(PSObject.AsPSObject(result));
            if (result.Error is not null)
            {
                error.Add(EnrichmentErrorRecord.Of(result));
            }
        }

        if (TryTakeReason(out ErrorRecord? reason))
        {
            error.Add(reason);
        }

        output.Complete();
        error.Complete();
        _job.Output = _output = output;
        _job.Error = _error = error;
        _offered = true;
    }

    private void SetFinalState()
    {
        _stateIsFinal = true;
        if (_offered && _error!.IsOpen && TryTakeReason(out ErrorRecord? reason))
        {
            _error.Add(reason);
        }

        try
        {
            _setJobState(_job.Summary.State switch
            {
                EnrichmentJobState.Stopped => JobState.Stopped,
                EnrichmentJobState.Failed => JobState.Failed,
                _ => JobState.Completed,
            });
        }
        catch (ObjectDisposedException)
        {
            // The job was removed before it had ended: it has no state any more that anybody could see.
        }

        _ended.SetResult();
    }
}
