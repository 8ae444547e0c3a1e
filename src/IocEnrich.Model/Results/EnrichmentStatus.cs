namespace IocEnrich;

/// <summary>What became of one indicator.</summary>
#pragma warning disable CA1028 // ConvertTo-Json writes the names of an enumeration of 64 bits, and of any other the numbers, which nobody compares with a word.
public enum EnrichmentStatus : long
#pragma warning restore CA1028
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
