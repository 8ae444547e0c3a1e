using System.Management.Automation;

namespace IocEnrich.PowerShell.Loading;

/// <summary>Runs when the module is imported.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <summary>Says where the engine is found. Importing loads none of it; the first job does.</summary>
    public void OnImport() => EngineLoadContext.Install();
}
