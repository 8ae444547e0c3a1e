using IocEnrich.Engine.Providers;

namespace IocEnrich.TestProviders;

/// <summary>The providers there are for tests, as the module's own registry has those of the module: a line for each.</summary>
public static class TestProviderRegistry
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProviderDefinition> All { get; } =
    [
        Reputation.ReputationDefinition.Instance,
    ];
}
