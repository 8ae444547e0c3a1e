using System.Management.Automation;

namespace IocEnrich.PowerShell.Jobs;

/// <summary>Makes PowerShell's error records of failures. The error id is the name of the <see cref="EnrichmentErrorKind"/>.</summary>
internal static class EnrichmentErrorRecord
{
    /// <summary>One indicator has no answer; the target is its result.</summary>
    internal static ErrorRecord Of(EnrichmentResult result)
    {
        EnrichmentError error = result.Error!;
        return new ErrorRecord(
            new EnrichmentFailedException($"{result.Indicator}: {error.Message}", error), error.Kind.ToString(), CategoryOf(error.Kind), result);
    }

    /// <summary>A whole job ended early; the target is the job.</summary>
    internal static ErrorRecord Of(IocEnrichmentJob job, EnrichmentError error) => new(
        new EnrichmentFailedException($"Job {job.Id} ({job.Name}) ended early. {error.Message}", error), "JobEndedEarly", CategoryOf(error.Kind), job);

    private static ErrorCategory CategoryOf(EnrichmentErrorKind kind) => kind switch
    {
        EnrichmentErrorKind.Network or EnrichmentErrorKind.NameResolution => ErrorCategory.ConnectionError,
        EnrichmentErrorKind.Tls => ErrorCategory.SecurityError,
        EnrichmentErrorKind.Timeout => ErrorCategory.OperationTimeout,
        EnrichmentErrorKind.ServiceFault or EnrichmentErrorKind.ServiceDown => ErrorCategory.ResourceUnavailable,
        EnrichmentErrorKind.UnreadableAnswer => ErrorCategory.InvalidData,
        EnrichmentErrorKind.Rejected => ErrorCategory.InvalidArgument,
        EnrichmentErrorKind.KeyRefused or EnrichmentErrorKind.ProxyRefused => ErrorCategory.AuthenticationError,
        EnrichmentErrorKind.QuotaExceeded => ErrorCategory.QuotaExceeded,
        EnrichmentErrorKind.Stopped => ErrorCategory.OperationStopped,
        _ => ErrorCategory.NotSpecified,
    };
}
