using System.Globalization;
using System.Management.Automation;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Jobs;

/// <summary>Makes PowerShell's error records of failures. The error id is the name of the <see cref="EnrichmentErrorKind"/>.</summary>
internal static class EnrichmentErrorRecord
{
    private static readonly EnrichmentError StoppedError = new(
        EnrichmentErrorKind.Stopped, "The job was stopped. Start the same list again: only what is missing is looked up.");

    /// <summary>
    /// One indicator was asked and has no answer; the target is its result. What ended the job, such as a refused key, is told once, by the
    /// job's own error: of each that was asked just then and of all that were left over it would say the same, bury what matters on the
    /// screen and fill $Error.
    /// </summary>
    /// <returns><see langword="null"/> if there is nothing to tell.</returns>
    internal static ErrorRecord? Of(EnrichmentResult result) => result.Error is { } error && !error.Kind.EndsJob()
        ? Record(result, error)
        : null;

    /// <summary>The service did not tell its quota; the target is what is known of it without.</summary>
    internal static ErrorRecord Of(EnrichmentQuota quota, EnrichmentError error) => KnownErrors.QuotaNotTold.Record(
        new EnrichmentFailedException($"The quota of the key is not available: {error.Message}", error), quota);

    /// <summary>
    /// A job ended early, or was stopped before all had their answer; the target is the job, or the only result that it is about.
    /// </summary>
    /// <returns><see langword="null"/> if it did not end early, or was stopped when all was there.</returns>
    internal static ErrorRecord? Of(IocEnrichmentJob job)
    {
        EnrichmentProgress summary = job.Summary;
        EnrichmentError? error = summary switch
        {
            { Error: { } end } => end,
            { State: EnrichmentJobState.Stopped, Failed: > 0 } => StoppedError,
            _ => null,
        };
        if (error is null)
        {
            return null;
        }

        if (summary is { NotAsked: 0, Failed: 1 } && job.Enrichment.EndedBy is { Error: { } reason } only)
        {
            return Record(only, reason);
        }

        string notAsked = summary.NotAsked == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", with {summary.NotAsked:N0} of {summary.Total:N0} indicators not looked up");
        string message = $"Job {job.Id} ({DisplayText.Clean(job.Name)}) ended early{notAsked}. {error.Message}";
        return KnownErrors.JobEndedEarly.Record(new EnrichmentFailedException(message, error), job, ProviderRegistry.Of(job.Enrichment.Provider), KnownErrors.OfLookup(error.Kind));
    }

    private static ErrorRecord Record(EnrichmentResult result, EnrichmentError error) =>
        KnownErrors.OfLookup(error.Kind).Record(new EnrichmentFailedException($"{result.Indicator}: {error.Message}", error), result, ProviderRegistry.Of(result.Provider));
}
