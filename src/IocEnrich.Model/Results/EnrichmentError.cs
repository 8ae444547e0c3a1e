namespace IocEnrich;

/// <summary>Why an indicator has no answer.</summary>
/// <param name="Kind">The kind of failure, for scripts; it does not change.</param>
/// <param name="Message">What happened, and what to do, in one or two sentences. Never contains a key.</param>
public sealed record EnrichmentError(EnrichmentErrorKind Kind, string Message)
{
    /// <summary>The HTTP status of the response, or <see langword="null"/> if none arrived.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The service's own error code, such as <c>QuotaExceededError</c>, if it sent one.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>Returns the <see cref="Message"/>.</summary>
    public override string ToString() => Message;
}
