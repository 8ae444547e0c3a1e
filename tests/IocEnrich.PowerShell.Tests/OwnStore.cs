using System.Runtime.CompilerServices;

namespace IocEnrich.PowerShell.Tests;

/// <summary>Keeps the tests, and the processes that they start, away from the store of whoever runs them.</summary>
internal static class OwnStore
{
    private const string Variable = "IOCENRICH_CACHE";

    [ModuleInitializer]
    internal static void Use()
    {
        string folder = Directory.CreateTempSubdirectory("iocenrich-tests-").FullName;
        Environment.SetEnvironmentVariable(Variable, Path.Combine(folder, "store.db"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TryDelete(folder);
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
