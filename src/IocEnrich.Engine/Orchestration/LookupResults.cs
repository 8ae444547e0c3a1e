using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Redaction;
using Polly;

namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// Makes one result of each indicator of a job: of its answer, or of why there is none. What is cached is answered whatever else has
/// happened: that the job has ended early, or was stopped, takes nothing back that is there already and costs no request.
/// </summary>
/// <param name="provider">The name of who is asked.</param>
/// <param name="withReport">Whether results carry the report.</param>
internal sealed class LookupResults(EnrichmentJob job, ResiliencePipeline<LookupOutcome> retryOnce, string provider, bool withReport)
{
    private static readonly EnrichmentError StoppedError = new(
        EnrichmentErrorKind.Stopped, "Not looked up: the job was stopped first. Start the same list again: only what is missing is looked up.");

    private static readonly EnrichmentError BrokenOffError = new(
        EnrichmentErrorKind.Stopped, "The job was stopped during this lookup. Start the same list again: only what is missing is looked up.");

    /// <summary>Looks an indicator up. Never throws.</summary>
    internal async ValueTask<EnrichmentResult> ResolveAsync(Indicator indicator, CancellationToken stop)
    {
        if (job.EarlyEnd is { } end)
        {
            return NotLookedUp(indicator, end);
        }

        Lookup lookup = new(job, indicator);
        try
        {
            LookupOutcome outcome = await retryOnce.ExecuteAsync(static (lookup, cancellationToken) => lookup.LookUpAsync(cancellationToken), lookup, stop);
            if (outcome.Answer is not null)
            {
                return Answered(outcome, lookup.Requests);
            }

            LookupFailure failure = outcome.Failure!;
            if (failure.Scope == FailureScope.Job)
            {
                job.EndEarly(failure.Error);
            }

            return lookup.Requests == 0 ? NotLookedUp(indicator, failure.Error) : Failed(indicator, failure.Error, lookup.Requests);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return lookup.Requests == 0 ? Stopped(indicator) : Failed(indicator, BrokenOffError, lookup.Requests);
        }
#pragma warning disable CA1031 // One indicator's failure never touches another's: not even a fault in this program may.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            string message = $"IocEnrich failed on {indicator.Value}: {fault.GetType().Name}: {ForeignText.Of(fault)} Please report this.";
            return Failed(indicator, new EnrichmentError(EnrichmentErrorKind.Internal, message), lookup.Requests);
        }
    }

    /// <summary>The result of an indicator whose turn had not come when the job was stopped.</summary>
    internal EnrichmentResult Stopped(Indicator indicator) => NotLookedUp(indicator, StoppedError);

    private EnrichmentResult NotLookedUp(Indicator indicator, EnrichmentError error) =>
        job.Pipeline.TryGetCached(indicator, out LookupOutcome cached) ? Answered(cached, requests: 0) : Failed(indicator, error, requests: 0);

    private EnrichmentResult Answered(LookupOutcome outcome, int requests)
    {
        EnrichmentResult answer = outcome.Answer!;
        RawReport? report = withReport ? outcome.Report : null;
        return requests == answer.Requests && report is null ? answer : answer with { Requests = requests, Report = report };
    }

    private EnrichmentResult Failed(Indicator indicator, EnrichmentError error, int requests) => new()
    {
        Indicator = indicator.Value,
        Type = indicator.Type,
        Status = EnrichmentStatus.Failed,
        Error = error,
        Reason = error.Message,
        Requests = requests,
        Provider = provider,
    };
}
