using IocEnrich.Engine.Caching;

namespace IocEnrich.Engine.Orchestration;

/// <summary>What is looked up, and all that makes one answer differ from another: only those who want the very same share it.</summary>
/// <param name="Provider">The terms of the provider.</param>
/// <param name="Freshness">How old a cached answer may be; <see langword="null"/> if none will do.</param>
/// <param name="WithReport">Whether the whole report is wanted.</param>
internal readonly record struct CoalescingKey(Indicator Indicator, object? Provider, CacheFreshness? Freshness, bool WithReport)
{
    /// <summary>The indicator's: the rest is the same for nearly all, and a hash of it would cost every lookup.</summary>
    public override int GetHashCode() => Indicator.GetHashCode();
}
