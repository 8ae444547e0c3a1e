using System.Runtime.CompilerServices;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>Keeps the tests, and the processes that they start, away from the store of whoever runs them.</summary>
internal static class OwnStore
{
    private const string Variable = "IOCENRICH_CACHE";

    /// <summary>A folder for this run of the tests.</summary>
    internal static string Folder { get; } = Directory.CreateTempSubdirectory("iocenrich-tests-").FullName;

    [ModuleInitializer]
    internal static void Use()
    {
        Environment.SetEnvironmentVariable(Variable, Path.Combine(Folder, "store.db"));
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => TryDelete(Folder);
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Windows does not delete what is still open; its folder for temporary files is emptied by itself.
        }
    }
}
