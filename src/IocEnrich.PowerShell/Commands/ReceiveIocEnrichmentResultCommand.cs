using System.Globalization;
using System.Management.Automation;
using IocEnrich.PowerShell.Completion;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Jobs;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Receives the results of enrichment jobs one at a time, so that the rest stays in the job if the pipeline ends early.</summary>
[Cmdlet(VerbsCommunications.Receive, "IocEnrichmentResult", DefaultParameterSetName = JobSet)]
[OutputType(typeof(EnrichmentResult))]
public sealed class ReceiveIocEnrichmentResultCommand : PSCmdlet, IDisposable
{
    private const string JobSet = "Job";

    private readonly List<JobReader> _readers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly WrittenResults _written = new();
    private WaitProgress? _progress;
    private bool _endsWithError;

    /// <summary>The jobs, from Start-IocEnrichment or Get-IocEnrichmentJob.</summary>
    [Parameter(ParameterSetName = JobSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public Job[] Job { get; set; } = [];

    /// <summary>The names of the jobs. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = JobSelection.NameSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The ids of the jobs in this session.</summary>
    [Parameter(ParameterSetName = JobSelection.IdSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public int[] Id { get; set; } = [];

    /// <summary>The instance ids (GUIDs) of the jobs.</summary>
    [Parameter(ParameterSetName = JobSelection.InstanceIdSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobInstanceIdCompleter))]
    public Guid[] InstanceId { get; set; } = [];

    /// <summary>Waits until the jobs have ended, and returns their results as they arrive.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// The longest time to wait, in seconds: 1 to 604800 (a week). The jobs continue after that. It waits even without -Wait.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 604_800)]
    public int? TimeoutSec { get; set; }

    /// <summary>Leaves the results in the job, so that they can be received again.</summary>
    [Parameter]
    public SwitchParameter Keep { get; set; }

    /// <summary>Removes each job that has ended and was received in full. Requires -Wait or -TimeoutSec.</summary>
    [Parameter]
    public SwitchParameter AutoRemoveJob { get; set; }

    // Where the results go then is not known. -OutVariable has what was written, whatever happens.
    private bool IsLast => MyInvocation.PipelinePosition == MyInvocation.PipelineLength && !MyInvocation.BoundParameters.ContainsKey("OutVariable");

    private bool Waits => Wait || TimeoutSec is not null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string? problem = (AutoRemoveJob.IsPresent, Waits, Keep.IsPresent) switch
        {
            (true, false, _) => "-AutoRemoveJob requires -Wait or -TimeoutSec: a running job cannot be removed.",
            (true, _, true) => "-AutoRemoveJob and -Keep cannot be combined: a removed job keeps no results.",
            _ => null,
        };
        if (problem is not null)
        {
            KnownErrors.ParametersContradict.Report(this, new ArgumentException(problem), "-AutoRemoveJob");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => KeepingWhatNobodyGot(ReceiveNow);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Waits)
        {
            KeepingWhatNobodyGot(ReceiveUntilTheEnd);
        }
    }

    /// <summary>Ctrl+C ends the wait, not the jobs.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <summary>
    /// Where the pipeline is stopped, a variable that its output was meant for gets nothing of it: what the last command of a pipeline has
    /// written goes back into the job. It may have been seen on the screen; twice is better than lost.
    /// </summary>
    private void KeepingWhatNobodyGot(Action receive)
    {
        try
        {
            receive();
        }
        catch (PipelineStoppedException) when (Stopping)
        {
            _written.PutBack();
            throw;
        }
    }

    private void ReceiveNow()
    {
        IEnumerable<IocEnrichmentJob> jobs = ParameterSetName switch
        {
            JobSelection.NameSet => JobSelection.ByName(this, Name),
            JobSelection.IdSet => JobSelection.ById(this, Id),
            JobSelection.InstanceIdSet => JobSelection.ByInstanceId(this, InstanceId),
            _ => OwnJobs(),
        };
        foreach (IocEnrichmentJob job in jobs.ToArray())
        {
            EnrichmentSession.Current.Orchestrator.Touch(job.Enrichment);
            JobReader reader = new(job, Keep);
            _readers.Add(reader);
            WriteWhatIsThere(reader);
        }
    }

    private void ReceiveUntilTheEnd()
    {
        if (TimeoutSec is { } seconds)
        {
            _stop.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        _progress = new WaitProgress(this, [.. _readers.Select(static reader => reader.Job)]);
        List<JobReader> open = _readers.FindAll(static reader => !reader.IsAtEnd);
        try
        {
            while (open.Count > 0 && WaitForMore(open, _progress.Interval))
            {
                _progress.Update();
                open.ForEach(WriteWhatIsThere);
                open.RemoveAll(static reader => reader.IsAtEnd);
            }
        }
        finally
        {
            _progress.Complete();
            if (Stopping && !_endsWithError)
            {
                _written.PutBack();
                SayWhatGoesOn(open);
            }
        }
    }

    /// <summary>Ctrl+C was pressed: which jobs go on, and how to get at them. A command that is stopped may write nothing; the host may.</summary>
    private void SayWhatGoesOn(IEnumerable<JobReader> open)
    {
        IocEnrichmentJob[] running = [.. open.Select(static reader => reader.Job).Where(static job => job.Enrichment.IsRunning)];
        if (running.Length == 0 || Console.IsOutputRedirected)
        {
            // Nobody who pressed a key reads a file.
            return;
        }

        string jobs = running.Length == 1
            ? $"Job {running[0].Id} ({DisplayText.Clean(running[0].Name)}) continues"
            : string.Create(CultureInfo.InvariantCulture, $"{running.Length:N0} jobs continue");
        string ids = string.Join(", ", running.Select(static job => job.Id));
        Host.UI.WriteLine($"{jobs} while this session lasts. To wait again: Receive-IocEnrichmentResult -Id {ids} -Wait. To stop: Stop-Job -Id {ids}");
    }

    private IEnumerable<IocEnrichmentJob> OwnJobs()
    {
        foreach (Job job in Job)
        {
            if (job is IocEnrichmentJob own)
            {
                yield return own;
            }
            else
            {
                KnownErrors.NotAnEnrichmentJob.Report(this, new ArgumentException($"Job {job.Id} ({DisplayText.Clean(job.Name)}) is not an enrichment job."), job);
            }
        }
    }

    private void WriteWhatIsThere(JobReader reader)
    {
        while (reader.TryTake(out EnrichmentResult? result))
        {
            try
            {
                if (IsLast)
                {
                    _written.Add(reader, result);
                }

                WriteObject(result);
            }
            catch (PipelineStoppedException) when (Stopping && !IsLast)
            {
                // Ctrl+C: whether it arrived is not known, and twice is better than lost. Where a later command has ended the pipeline,
                // as Select-Object -First does, it arrived.
                reader.PutBack([result]);
                throw;
            }

            if (EnrichmentErrorRecord.Of(result) is { } error)
            {
                WriteOwnError(error);
            }

            _progress?.Update();
        }

        if (!reader.IsAtEnd)
        {
            return;
        }

        if (reader.Job.Summary.Problem is { } problem)
        {
            WriteWarning($"Job {reader.Job.Id} ({DisplayText.Clean(reader.Job.Name)}) had a problem and continued: {DisplayText.Clean(problem, DisplayText.MaxMessageLength)}");
        }

        if (reader.TryTakeReason(out ErrorRecord? reason))
        {
            _written.AddReason(reader);
            WriteOwnError(reason);
        }

        if (AutoRemoveJob)
        {
            JobRepository.Remove(reader.Job);
            reader.Job.Dispose();
        }
    }

    // With -ErrorAction Stop it ends the pipeline, and says why by itself.
    private void WriteOwnError(ErrorRecord error)
    {
        try
        {
            _endsWithError = true;
            WriteError(error);
            _endsWithError = false;
        }
        catch
        {
            _written.PutBack();
            throw;
        }
    }

    /// <returns><see langword="false"/> when the time is up or the pipeline is stopped.</returns>
    private bool WaitForMore(List<JobReader> readers, TimeSpan limit)
    {
        try
        {
            Task[] waits = [.. readers.Select(reader => reader.WaitAsync(_stop.Token))];
            Task.WaitAny(waits, (int)limit.TotalMilliseconds, _stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
