using System.Reflection;

namespace IocEnrich.Shell;

/// <summary>Where the module and the repository's examples are.</summary>
internal static class BuildPaths
{
    private const string OverrideVariable = "IOCENRICH_MODULE";
    private const string ManifestName = "IocEnrich.psd1";

    /// <summary>
    /// The module to import: what <c>IOCENRICH_MODULE</c> names (a manifest, a script module or a module's folder), else the one this
    /// build staged, else, when the tree was moved after the build, the one staged in a folder above this program.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string FindModule()
    {
        if (Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } chosen)
        {
            return Path.Exists(chosen)
                ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(chosen))
                : throw new FileNotFoundException($"The module that {OverrideVariable} names does not exist: '{chosen}'.");
        }

        string staged = Path.Combine(Metadata("ModuleStagingDirectory"), ManifestName);
        return AboveThisProgram(Path.Combine("artifacts", "IocEnrich", ManifestName)).Prepend(staged).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"The IocEnrich module is not at '{staged}': build it with 'dotnet build', "
                + $"or set {OverrideVariable} to the path of its {ManifestName}.");
    }

    /// <summary>A file of the repository, by its path from the root.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string FindInRepository(string relativePath)
        => AboveThisProgram(relativePath).Prepend(Path.Combine(Metadata("RepositoryRoot"), relativePath)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"'{relativePath}' was not found: the quick start runs from a clone of the repository.");

    private static IEnumerable<string> AboveThisProgram(string relativePath)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, relativePath);
        }
    }

    private static string Metadata(string key)
        => typeof(BuildPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(item => item.Key == key)?.Value
            ?? string.Empty;
}
