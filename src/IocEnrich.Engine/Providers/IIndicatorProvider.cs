namespace IocEnrich.Engine.Providers;

/// <summary>Looks up single indicators at a provider.</summary>
public interface IIndicatorProvider
{
    /// <summary>The name that stands on results.</summary>
    string Name { get; }

    /// <summary>Which indicators it can look up: all of them unless it says so.</summary>
    LookupScope Scope => LookupScope.OfAll(Name);

    /// <summary>
    /// What of its settings changes an answer, as something that can be compared: of two jobs whose providers have equal terms, one may
    /// get the answer that the other asked for.
    /// </summary>
    object? Terms => null;

    /// <summary>
    /// Asks about one indicator, with exactly one request. Every failure that belongs to the lookup is an outcome; what is thrown is a
    /// cancellation or a fault in the provider itself.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<LookupOutcome> LookUpAsync(Indicator indicator, CancellationToken cancellationToken);
}
