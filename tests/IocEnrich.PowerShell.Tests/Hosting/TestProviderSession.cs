using System.Collections;
using System.Reflection;
using System.Runtime.Loader;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>A session whose provider is one of those that only tests have: they are loaded beside the module's engine.</summary>
internal static class TestProviderSession
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>From now on the cmdlets of this session ask another provider.</summary>
    internal static void UseProvider(this ModuleSession session, string name) =>
        session.Run("$Use.Invoke((Get-Command Start-IocEnrichment).ImplementingType.Assembly)", ("Use", (Action<Assembly>)(module => Use(module, name))));

    // On the session's own thread: it is found by that.
    private static void Use(Assembly module, string name)
    {
        Assembly providers = AssemblyLoadContext.All.Single(static context => context.Name == "IocEnrich").LoadFromAssemblyPath(BuildPlaces.Get("TestProviders"));
        object all = providers.GetType("IocEnrich.TestProviders.TestProviderRegistry", throwOnError: true)!.GetProperty("All")!.GetValue(null)!;
        Type registry = module.GetType("IocEnrich.PowerShell.Session.ProviderRegistry", throwOnError: true)!;
        registry.GetMethod("Add", Any)!.Invoke(null, [all]);
        object session = module.GetType("IocEnrich.PowerShell.Session.EnrichmentSession", throwOnError: true)!.GetProperty("Current", Any)!.GetValue(null)!;
        session.GetType().GetProperty("Provider", Any)!.SetValue(
            session, ((IEnumerable)all).Cast<object>().Single(provider => name.Equals(provider.GetType().GetProperty("Name")!.GetValue(provider))));
    }
}
