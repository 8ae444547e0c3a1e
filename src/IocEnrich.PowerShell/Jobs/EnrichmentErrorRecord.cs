using System.Globalization;
using System.Management.Automation;
using IocEnrich.PowerShell.Errors;

namespace IocEnrich.PowerShell.Jobs;

/// <summary>Makes PowerShell's error records of failures. The error id is the name of the <see cref="EnrichmentErrorKind"/>.</summary>
internal static class EnrichmentErrorRecord
{
    private static readonly EnrichmentError StoppedError = new(
        EnrichmentErrorKind.Stopped, "It was stopped. Start the same list again to ask for what is missing.");

    /// <summary>
    /// One indicator was asked and has no answer; the target is its result. What was left over when the job ended has no error of its own:
    /// thousands of them would say the same, bury what matters on the screen and fill $Error. The job's one error says it for all.
    /// </summary>
    /// <returns><see langword="null"/> where there is nothing to tell.</returns>
    internal static ErrorRecord? Of(EnrichmentResult result) => result.Error is { } error && !result.WasLeftOver()
        ? KnownErrors.OfLookup(error.Kind).Record(new EnrichmentFailedException($"{result.Indicator}: {error.Message}", error), result)
        : null;

    /// <summary>The service did not tell its quota; the target is what is known of it without.</summary>
    internal static ErrorRecord Of(EnrichmentQuota quota, EnrichmentError error) => KnownErrors.QuotaNotTold.Record(
        new EnrichmentFailedException($"The quota of the key: {error.Message}", error), quota);

    /// <summary>
    /// A job ended early, or was stopped, before all was asked; the target is the job. Where all was asked, each result that failed has
    /// told why, and it would be said twice.
    /// </summary>
    /// <returns><see langword="null"/> where nothing was left over.</returns>
    internal static ErrorRecord? Of(IocEnrichmentJob job)
    {
        EnrichmentProgress summary = job.Summary;
        EnrichmentError? error = summary switch
        {
            { Error: { } reason } => reason,
            { State: EnrichmentJobState.Stopped } => StoppedError,
            _ => null,
        };
        if (error is null || summary.NotAsked == 0)
        {
            return null;
        }

        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"Job {job.Id} ({DisplayText.Clean(job.Name)}) ended early, with {summary.NotAsked:N0} of {summary.Total:N0} indicators not asked. {error.Message}");
        return KnownErrors.JobEndedEarly.Record(new EnrichmentFailedException(message, error), job, KnownErrors.OfLookup(error.Kind));
    }
}
