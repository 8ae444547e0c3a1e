namespace IocEnrich;

/// <summary>What became of one indicator.</summary>
public enum EnrichmentStatus
{
    /// <summary>The provider knows the indicator; the result carries its report.</summary>
    Found = 0,

    /// <summary>The provider was asked and has never seen the indicator. An answer, not a failure.</summary>
    NotFound,

    /// <summary>It was not asked, and need not be: <see cref="EnrichmentResult.Reason"/> says why.</summary>
    Skipped,

    /// <summary>There is no answer: <see cref="EnrichmentResult.Error"/> says why.</summary>
    Failed,
}
