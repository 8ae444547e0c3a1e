using System.Management.Automation;
using IocEnrich.PowerShell.Errors;

namespace IocEnrich.PowerShell.Jobs;

/// <summary>Makes PowerShell's error records of failures. The error id is the name of the <see cref="EnrichmentErrorKind"/>.</summary>
internal static class EnrichmentErrorRecord
{
    /// <summary>One indicator has no answer; the target is its result.</summary>
    internal static ErrorRecord Of(EnrichmentResult result)
    {
        EnrichmentError error = result.Error!;
        return KnownErrors.OfLookup(error.Kind).Record(new EnrichmentFailedException($"{result.Indicator}: {error.Message}", error), result);
    }

    /// <summary>A whole job ended early; the target is the job.</summary>
    internal static ErrorRecord Of(IocEnrichmentJob job, EnrichmentError error) => KnownErrors.JobEndedEarly.Record(
        new EnrichmentFailedException($"Job {job.Id} ({job.Name}) ended early. {error.Message}", error), job, KnownErrors.OfLookup(error.Kind));
}
