namespace IocEnrich;

/// <summary>Why an indicator has no answer.</summary>
/// <param name="Kind">The kind of failure; constant, for scripts.</param>
/// <param name="Message">One or two whole sentences for a person: what happened, and what to do. Never holds a key.</param>
public sealed record EnrichmentError(EnrichmentErrorKind Kind, string Message)
{
    /// <summary>The HTTP status of the answer that failed, or <see langword="null"/> where none arrived.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The service's own error code, such as <c>QuotaExceededError</c>, where it gave one.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
