namespace IocEnrich;

/// <summary>What became of one indicator.</summary>
#pragma warning disable CA1028 // ConvertTo-Json writes the names of an enumeration of 64 bits, and of any other the numbers, which nobody compares with a word.
public enum EnrichmentStatus : long
#pragma warning restore CA1028
{
    /// <summary>The provider has a report on the indicator.</summary>
    Found = 0,

    /// <summary>The provider has never seen the indicator. This is an answer, not a failure.</summary>
    NotFound,

    /// <summary>The indicator was not looked up; <see cref="EnrichmentResult.Reason"/> says why.</summary>
    Skipped,

    /// <summary>There is no answer; <see cref="EnrichmentResult.Error"/> says why.</summary>
    Failed,
}
