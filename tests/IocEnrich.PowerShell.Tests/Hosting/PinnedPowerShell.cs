using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>
/// Lets this process load the engine out of the PowerShell that the tool manifest pins, as pwsh itself does: so a runspace in the tests has
/// the same engine and the same cmdlets (Utility, Management, Security) as a pwsh in a process of its own.
/// </summary>
internal static class PinnedPowerShell
{
    private static AssemblyDependencyResolver _resolver = null!;

    [ModuleInitializer]
    internal static void Use()
    {
        if (!File.Exists(BuildPlaces.Pwsh))
        {
            throw new FileNotFoundException($"The tests need PowerShell, and '{BuildPlaces.Pwsh}' is not there. Run 'dotnet restore' again.");
        }

        _resolver = new AssemblyDependencyResolver(BuildPlaces.Pwsh);
        AssemblyLoadContext.Default.Resolving += Resolve;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += ResolveNative;
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        _resolver.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;

    private static nint ResolveNative(Assembly assembly, string name) =>
        _resolver.ResolveUnmanagedDllToPath(name) is { } path ? NativeLibrary.Load(path) : 0;
}
