using System.Reflection;
using System.Runtime.Loader;

namespace IocEnrich.PowerShell.Loading;

/// <summary>
/// Holds the engine and its packages apart from everybody else's: another module's older or newer Polly does this one no harm, and the
/// other way round. What users hold (the cmdlets, the model) is loaded by PowerShell itself, in the default context.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private static readonly object Gate = new();
    private static EngineLoadContext? s_installed;

    private readonly string _folder;

    private EngineLoadContext(string folder)
        : base("IocEnrich") => _folder = folder;

    /// <summary>
    /// From now on the engine is found in the module's Dependencies folder. Nothing is loaded by that. It is done once for the process:
    /// the handler stays when the module is removed, because what is loaded stays as well.
    /// </summary>
    internal static void Install()
    {
        lock (Gate)
        {
            if (s_installed is null)
            {
                string moduleFolder = Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!;
                s_installed = new EngineLoadContext(Path.Combine(moduleFolder, "Dependencies"));
                Default.Resolving += static (_, name) => name.Name == "IocEnrich.Engine" ? s_installed.Load(name) : null;
            }
        }
    }

    // What is there for this platform only.
    private string PlatformFolder => Path.Combine(_folder, "runtimes", NativePlatform.RuntimeIdentifier);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The engine and PowerShell must mean the same types when they speak of the model.
        Assembly model = typeof(Indicator).Assembly;
        if (assemblyName.Name == model.GetName().Name)
        {
            return model;
        }

        // The package of the module has the same assemblies compiled for some platforms as well. LoadFromAssemblyName of a file that is
        // missing would ask here again, without end.
        string file = assemblyName.Name + ".dll";
        string compiled = Path.Combine(PlatformFolder, "lib", file);
        string path = File.Exists(compiled) ? compiled : Path.Combine(_folder, file);
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string path = Path.Combine(PlatformFolder, "native", NativePlatform.FileNameOf(unmanagedDllName));
        return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : nint.Zero;
    }
}
