using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

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

    // Guards the one decision that must not be made twice: whether results go into the streams, or the state becomes final without.
    private readonly object _decision = new();

    private volatile bool _offered;
    private volatile bool _isMoving;
    private PSDataCollection<PSObject>? _output;
    private PSDataCollection<ErrorRecord>? _error;
    private int _reasonReported;

    // How often the pump was asked for since it last stood still. Only who raises it from 0 pumps.
    private int _pumpRequests;
    private volatile bool _stateIsFinal;

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
        bool isTooLate;
        lock (_decision)
        {
            isTooLate = _stateIsFinal;
            if (!isTooLate)
            {
                _output = _job.Output;
                _error = _job.Error;
                _offered = true;
            }
        }

        if (isTooLate)
        {
            // The streams are closed when the job ends: nothing can be added to them, but they can be replaced.
            OfferNewStreams();
            return;
        }

        // Not the final state as well: Receive-Job -Wait listens to it by now, and its handler waits for the very thread that is here.
        Pump(maySetState: false);
        SpinWait.SpinUntil(() => !_isMoving && _job.Enrichment.Results.Count == 0, MoveLimit);
    }

    /// <summary>Takes what nobody received out of the streams, back to the front of the buffer.</summary>
    internal void Withhold()
    {
        if (!_offered)
        {
            return;
        }

        _offered = false;
        SpinWait.SpinUntil(() => !_isMoving, MoveLimit);
        if (_error!.ReadAll().Any(IsReason))
        {
            _reasonReported = 0;
        }

        // The errors of single indicators are left out: whoever writes a failed result makes its error anew.
        // What somebody else has added to the stream is not the job's.
        _job.Enrichment.Results.PutBack([.. _output!.ReadAll().Select(static item => item.BaseObject).OfType<EnrichmentResult>()]);
    }

    /// <summary>Why the job ended early, once: the error that goes with its last result.</summary>
    internal bool TryTakeReason([NotNullWhen(true)] out ErrorRecord? reason)
    {
        reason = EnrichmentErrorRecord.Of(_job);
        return reason is not null && Interlocked.Exchange(ref _reasonReported, 1) == 0;
    }

    /// <summary>Nobody got the reason: it is told again.</summary>
    internal void PutBackReason() => _reasonReported = 0;

    private static bool IsReason(ErrorRecord record) =>
        record.TargetObject is IocEnrichmentJob || (record.TargetObject is EnrichmentResult { Error: { } error } && error.Kind.EndsJob());

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

        bool stateIsDue;
        int seen;
        do
        {
            seen = Volatile.Read(ref _pumpRequests);
            MoveResultsSafely();
            stateIsDue = _job.Enrichment.Finished.IsCompleted && !_stateIsFinal;
            if (stateIsDue && maySetState)
            {
                SetFinalState();
                stateIsDue = false;
            }
        }
        while (Interlocked.CompareExchange(ref _pumpRequests, 0, seen) != seen);

        if (stateIsDue)
        {
            ThreadPool.QueueUserWorkItem(static streams => streams.Pump(), this, preferLocal: false);
        }
    }

    /// <summary>
    /// Waits until the job has its final state. Not until those who listen to it have heard of it: one of them may be waiting for the
    /// caller.
    /// </summary>
    internal void AwaitEnd(TimeSpan limit) => SpinWait.SpinUntil(() => _job.JobStateInfo.State != JobState.Running, limit);

    private void MoveResultsSafely()
    {
        _isMoving = true;
        try
        {
            MoveResults();
        }
#pragma warning disable CA1031 // Whatever fails here, the results are where they were; but a pump that is left by an exception pumps never again.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Whoever receives takes them out of the buffer.
            _offered = false;
        }
        finally
        {
            _isMoving = false;
        }
    }

    private void MoveResults()
    {
        while (_offered && _job.Enrichment.Results.TryTake(out EnrichmentResult? result))
        {
            if (!TryAdd(_output!, PSObject.AsPSObject(result)))
            {
                // The job was removed meanwhile, or somebody has closed its streams. A variable that still holds it can receive what is left.
                _offered = false;
                _job.Enrichment.Results.PutBack([result]);
                return;
            }

            if (_error!.IsOpen && EnrichmentErrorRecord.Of(result) is { } error)
            {
                TryAdd(_error, error);
            }
        }
    }

    /// <summary>Adds to a stream, whatever the code does that listens to it.</summary>
    /// <returns><see langword="false"/> if it was not added.</returns>
    private static bool TryAdd<T>(PSDataCollection<T> stream, T item)
    {
        int before = stream.Count;
        try
        {
            stream.Add(item);
            return true;
        }
#pragma warning disable CA1031 // Whoever listens to the stream runs here, on a thread of the job's, and may throw what they like.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Those that listen hear of it when it has been added: only this thread adds. Where it has been received already, which cannot
            // be told from not added, it is received twice, and not lost.
            return stream.Count > before;
        }
    }

    private void OfferNewStreams()
    {
        // The state is set in these moments, on another thread; until then PowerShell takes no new streams.
        SpinWait.SpinUntil(() => _job.JobStateInfo.State != JobState.Running, MoveLimit);
        PSDataCollection<PSObject> output = [];
        PSDataCollection<ErrorRecord> error = [];
        List<EnrichmentResult> taken = [];
        try
        {
            while (_job.Enrichment.Results.TryTake(out EnrichmentResult? result))
            {
                taken.Add(result);
                output.Add(PSObject.AsPSObject(result));
                if (EnrichmentErrorRecord.Of(result) is { } record)
                {
                    error.Add(record);
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
        catch
        {
            _offered = false;
            _job.Enrichment.Results.PutBack(taken);
            throw;
        }
    }

    private void SetFinalState()
    {
        while (!TryDecide())
        {
            MoveResultsSafely();
        }

        if (_offered && _error!.IsOpen && TryTakeReason(out ErrorRecord? reason))
        {
            TryAdd(_error, reason);
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
#pragma warning disable CA1031 // Whoever listens to the state runs here as well.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The job was removed before it had ended, and has no state any more that anybody could see; or somebody who heard of its state
            // has thrown, which takes nothing back.
        }

        _ended.SetResult();
    }

    /// <returns><see langword="false"/> if somebody has just asked for the results in the streams, and they are not there yet.</returns>
    private bool TryDecide()
    {
        lock (_decision)
        {
            _stateIsFinal = !_offered || _job.Enrichment.Results.Count == 0;
            return _stateIsFinal;
        }
    }
}
