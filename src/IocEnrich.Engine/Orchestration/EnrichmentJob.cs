using System.Threading.Channels;
using IocEnrich.Engine.Limiting;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Redaction;
using Polly;

namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// One list of indicators on its way to results. Indicators arrive one by one, lookups begin with the first of them and run in parallel;
/// exactly one result comes out for each distinct indicator, whatever happens to it. All members are thread-safe.
/// </summary>
#pragma warning disable CA1001 // A token source without a timer holds nothing to dispose, and Stop may come at any time, also after the end.
public sealed class EnrichmentJob
#pragma warning restore CA1001
{
    /// <summary>How many objects that its indicators came with a job holds: rows of a CSV file take one or two kilobytes each.</summary>
    public const int MaxSources = 100_000;

    // How many workers there may be above the throttle while retries wait: enough for every probe of a service that is down.
    private const int MaxReserveWorkers = 16;

    private readonly LookupResults _lookups;
    private readonly int _throttleLimit;
    private readonly ProgressCounter _progress;
    private readonly TimeProvider _timeProvider;
    private readonly IndicatorQueue _input;
    private readonly LookupScope _scope;
    private readonly bool _includeNonPublic;
    private readonly Func<RawReport, object>? _reportForm;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Why the job ends early; once set, no further request is sent.
    private EnrichmentError? _end;

    // The first that was asked and told why the job ends.
    private EnrichmentResult? _endedBy;

    private int _workers;

    internal EnrichmentJob(
        IIndicatorProvider provider, EnrichmentJobOptions options, ResiliencePipeline<LookupOutcome> retryOnce, TimeProvider timeProvider)
    {
        _throttleLimit = options.ThrottleLimit;
        _timeProvider = timeProvider;
        Provider = provider.Name;
        _scope = provider.Scope;
        _includeNonPublic = options.IncludeNonPublic;
        _reportForm = options.ReportForm;
        _progress = new ProgressCounter(timeProvider);
        _input = new IndicatorQueue(_progress);
        Results = new ResultBuffer(Complete);
        Pipeline = new LookupPipeline(provider, options, retryWaits: AddReserveWorker, sent: _progress.Requested);
        _lookups = new LookupResults(this, retryOnce, provider.Name, _reportForm is not null);
    }

    /// <summary>Raised after a result was added to <see cref="Results"/>, on the thread that added it.</summary>
    public event Action? ResultAdded;

    /// <summary>The name of who is asked.</summary>
    public string Provider { get; }

    /// <summary>The results that nobody has received yet.</summary>
    public ResultBuffer Results { get; }

    /// <summary>Completes when the job has ended and its last result is in <see cref="Results"/>. It never fails.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Whether the job still works or still waits for input.</summary>
    public bool IsRunning => !_finished.Task.IsCompleted;

    /// <summary>
    /// Tells whether somebody else holds results of this job that were not received: an outlet that took them out of
    /// <see cref="Results"/> to offer them in its own way.
    /// </summary>
    public Func<bool>? HeldElsewhere { get; set; }

    /// <summary>
    /// The first result of those that were asked and failed in a way that ends the job; <see langword="null"/> if there is none.
    /// </summary>
    public EnrichmentResult? EndedBy => Volatile.Read(ref _endedBy) is { } result ? Complete(result) : null;

    /// <summary>Whether there are results that nobody has received.</summary>
    public bool HasResultsLeft => Results.Count > 0 || HeldElsewhere?.Invoke() == true;

    /// <summary>How the job reaches its provider.</summary>
    internal LookupPipeline Pipeline { get; }

    /// <summary>Why the job ends early; <see langword="null"/> so long as it does not.</summary>
    internal EnrichmentError? EarlyEnd => Volatile.Read(ref _end);

    /// <summary>From now on no further request is sent; the first reason counts.</summary>
    internal void EndEarly(EnrichmentError reason) => Interlocked.CompareExchange(ref _end, reason, null);

    /// <summary>How far the job is: a snapshot.</summary>
    public EnrichmentProgress GetProgress()
    {
        QuotaSnapshot quota = Pipeline.Snapshot();
        EnrichmentProgress progress = _progress.Snapshot(Results.Count, quota.Wait == QuotaWait.Quota) with
        {
            WaitingFor = quota.WaitingFor,
            WaitingUntil = quota.WaitingUntil,
            RequestsLeftToday = quota.LeftToday,
            Problem = Pipeline.Problem,
        };
        return JobForecast.AddTo(progress, quota, _timeProvider.GetUtcNow());
    }

    /// <summary>
    /// Takes in one text. It is looked up as soon as a worker is free, unless the same indicator was there before. What is not an
    /// indicator, or is not looked up (see <see cref="LookupScope"/>), is in the results at once.
    /// </summary>
    /// <param name="source">What it came with: its result leads back to that.</param>
    /// <returns><see langword="false"/> if the job has ended and takes nothing in any more.</returns>
    public bool Add(string text, InputSource source = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Indicator.TryParse(text, out Indicator? indicator, out string? reason) ? AddRead(indicator, text, source) : Skip(text, reason, source);
    }

    /// <summary>Takes in one indicator; see <see cref="Add(string, InputSource)"/>.</summary>
    public bool Add(Indicator indicator)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        return AddRead(indicator, indicator.Value, default);
    }

    /// <summary>Takes in one indicator that has been read already; see <see cref="Add(string, InputSource)"/>.</summary>
    /// <param name="text">The text that means it.</param>
    /// <param name="source">What it came with.</param>
    public bool Add(Indicator indicator, string text, InputSource source)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(text);
        return AddRead(indicator, text, source);
    }

    /// <summary>Takes in one indicator that was found in a text, and remembers where; see <see cref="Add(string, InputSource)"/>.</summary>
    /// <param name="occurrence">The place in the text.</param>
    /// <param name="item">The object it came with.</param>
    public bool Add(IndicatorOccurrence occurrence, object? item = null)
    {
        ArgumentNullException.ThrowIfNull(occurrence);
        return AddRead(occurrence.Indicator, occurrence.Text, new InputSource(item, occurrence.Path, occurrence.Property is null ? occurrence.Line : null));
    }

    /// <summary>Takes in a text that is known to be no indicator, whatever it looks like; see <see cref="Add(string, InputSource)"/>.</summary>
    /// <param name="reason">A whole sentence that says why it is none, safe to show.</param>
    /// <param name="source">What it came with.</param>
    public bool Skip(string text, string reason, InputSource source = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(reason);
        string shown = DisplayText.Clean(text.Trim());
        return Skip(IndicatorType.Unknown, shown, reason, shown, source);
    }

    /// <summary>
    /// How many objects that indicators came with the job does not hold, because it holds <see cref="MaxSources"/> already. The results of these have their
    /// text as <see cref="EnrichmentResult.Source"/>, or those of the objects that came before. To be read when the input is complete.
    /// </summary>
    public long SourcesLeftOut => _input.SourcesLeftOut;

    /// <summary>Says that no more indicators will come: the job ends when the last of them has its result.</summary>
    public void CompleteInput()
    {
        _progress.InputCompleted();
        _input.Close();
    }

    /// <summary>
    /// Stops the job: requests in flight are broken off, and whatever has no answer, not even a cached one, is reported as not asked.
    /// Returns at once; await <see cref="Finished"/> for the end. Calling it again, or after the end, does nothing.
    /// </summary>
    public void Stop()
    {
        _stop.Cancel();
        _input.Close();
    }

    internal void Run()
    {
        _workers = _throttleLimit;
        for (int worker = 0; worker < _throttleLimit; worker++)
        {
            _ = Task.Run(WorkAsync);
        }
    }

    private bool AddRead(Indicator indicator, string text, in InputSource source) =>
        _scope.IsEligible(indicator, _includeNonPublic, out string? reason)
            ? _input.Add(indicator, text, source) != AddOutcome.Refused
            : Skip(indicator.Type, indicator.Value, reason, text, source);

    private bool Skip(IndicatorType type, string value, string reason, string text, in InputSource source)
    {
        AddOutcome outcome = _input.AddSkipped(type, value, text, source);
        if (outcome != AddOutcome.New)
        {
            return outcome == AddOutcome.Duplicate;
        }

        EnrichmentResult skipped = new()
        {
            Indicator = value,
            Type = type,
            Status = EnrichmentStatus.Skipped,
            Reason = reason,
        };

        // Outside any lock, because whoever listens to ResultAdded runs here. A job stopped meanwhile no longer takes it in.
        if (Report(skipped))
        {
            return true;
        }

        _progress.Withdrawn();
        return false;
    }

    /// <summary>Adds to a result what is known, or wanted, only when it is received.</summary>
    private EnrichmentResult Complete(EnrichmentResult result)
    {
        EnrichmentResult traced = _input.Trace(result);
        return _reportForm is not null && traced.Report is RawReport report ? traced with { Report = Form(report) } : traced;
    }

    private object Form(RawReport report)
    {
        try
        {
            return _reportForm!(report);
        }
#pragma warning disable CA1031 // The report is a stranger's, and the result has left the buffer: it is paid for, and must arrive whatever happens.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return UnparsedReport.Of(report, ForeignText.Of(exception));
        }
    }

    private async Task WorkAsync()
    {
        ChannelReader<Indicator> reader = _input.Pending;
        while (!_stop.IsCancellationRequested && await reader.WaitToReadAsync(CancellationToken.None))
        {
            while (!_stop.IsCancellationRequested && reader.TryRead(out Indicator? indicator))
            {
                Report(await _lookups.ResolveAsync(indicator, _stop.Token));
                if (LeaveIfOneTooMany())
                {
                    return;
                }
            }
        }

        if (Interlocked.Decrement(ref _workers) == 0)
        {
            await FinishAsync();
        }
    }

    /// <summary>
    /// A retry waits, for its quota or for a service that is down. Its worker would sit idle, and there would be nobody to send the first
    /// request that finds out, at no cost, if the service is back. The throttle holds all the same: the channel counts what is in flight.
    /// </summary>
    private void AddReserveWorker()
    {
        if (Interlocked.Increment(ref _workers) > _throttleLimit + MaxReserveWorkers)
        {
            Interlocked.Decrement(ref _workers);
            return;
        }

        _ = Task.Run(WorkAsync);
    }

    private bool LeaveIfOneTooMany()
    {
        for (int workers = _workers; workers > _throttleLimit; workers = _workers)
        {
            if (Interlocked.CompareExchange(ref _workers, workers - 1, workers) == workers)
            {
                return true;
            }
        }

        return false;
    }

    private async Task FinishAsync()
    {
        // Who sees that the job has ended may end the process, and nothing may be lost by that.
        await Pipeline.FlushAsync();
        bool stopped = _stop.IsCancellationRequested;
        while (_input.Pending.TryRead(out Indicator? indicator))
        {
            Report(_lookups.Stopped(indicator));
        }

        _progress.Ended(stopped ? EnrichmentJobState.Stopped : _end is null ? EnrichmentJobState.Completed : EnrichmentJobState.Failed,
            stopped ? null : _end);
        Results.Complete();
        _finished.SetResult();
    }

    private bool Report(EnrichmentResult result)
    {
        if (result.Error?.Kind.EndsJob() == true && !result.WasLeftOver())
        {
            Interlocked.CompareExchange(ref _endedBy, result, null);
        }

        if (!Results.TryAdd(result))
        {
            return false;
        }

        _progress.Reported(result);
        try
        {
            ResultAdded?.Invoke();
        }
#pragma warning disable CA1031 // The result is there for whoever takes it. What a listener throws is its own affair: it would end a worker here.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nobody is there to be told: this thread belongs to the job.
        }

        return true;
    }
}
