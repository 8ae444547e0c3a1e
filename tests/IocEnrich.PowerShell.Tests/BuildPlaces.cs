using System.Reflection;
using System.Runtime.InteropServices;

namespace IocEnrich.PowerShell.Tests;

/// <summary>Where the build has put things, as it told this assembly.</summary>
internal static class BuildPlaces
{
    internal static string Module => Path.Combine(Get("ModuleStagingDirectory"), "IocEnrich.psd1");

    internal static string Repository => Get("RepositoryRoot");

    internal static string QuickStartIndicators => Path.Combine(Repository, "docs", "examples", "iocs.txt");

    /// <summary>A file of a package that was downloaded for the tests.</summary>
    internal static string PackageFile(string package, string version, string path) =>
        Path.Combine([Get("PackageFolder"), package.ToLowerInvariant(), version, .. path.Split('/')]);

    /// <summary>The platform's name in the folders of packages, and of the module.</summary>
    internal static string Platform { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    private static string Get(string key) => typeof(BuildPlaces).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
