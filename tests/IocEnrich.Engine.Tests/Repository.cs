using System.Runtime.CompilerServices;

namespace IocEnrich.Engine.Tests;

internal static class Repository
{
    /// <summary>The folder of the repository, as the compiler saw it.</summary>
    internal static string Root { get; } = Find();

    private static string Find([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
