using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.PowerShell.Session;

/// <summary>The providers there are. It is asked late: naming a provider loads the engine.</summary>
internal static class ProviderRegistry
{
    private static ProviderDefinition[] s_providers =
    [
        VirusTotalDefinition.Instance,
    ];

    /// <summary>The provider of a session that names none.</summary>
    internal static ProviderDefinition Default => s_providers[0];

    /// <summary>The provider whose name stands on a result; the default where it names none that there is.</summary>
    internal static ProviderDefinition Of(string? name) => Array.Find(s_providers, provider => provider.Name == name) ?? Default;

    /// <summary>Adds providers that are not part of the module: those of tests.</summary>
    internal static void Add(IReadOnlyList<ProviderDefinition> providers) => s_providers = [.. s_providers.Union(providers)];
}
