using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.PowerShell.Session;

/// <summary>The providers there are. It is asked late: naming a provider loads the engine.</summary>
internal static class ProviderRegistry
{
    private static readonly List<ProviderDefinition> Providers =
    [
        VirusTotalDefinition.Instance,
    ];

    /// <summary>The provider of a session that names none.</summary>
    internal static ProviderDefinition Default => Providers[0];

    /// <summary>The provider whose name stands on a result; the default where it names none that there is.</summary>
    internal static ProviderDefinition Of(string? name) => Providers.Find(provider => provider.Name == name) ?? Default;

    /// <summary>Adds a provider that is not part of the module: those of tests.</summary>
    internal static void Add(ProviderDefinition provider) => Providers.Add(provider);
}
