using System.Reflection;
using System.Runtime.InteropServices;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>Where the build has put things, as it told this assembly.</summary>
internal static class BuildPlaces
{
    internal static string Module => Path.Combine(Get("ModuleStagingDirectory"), "IocEnrich.psd1");

    /// <summary>The folder in which the staged module lies, for the <c>PSModulePath</c>.</summary>
    internal static string Modules => Path.GetDirectoryName(Path.GetDirectoryName(Module))!;

    internal static string Repository => Get("RepositoryRoot");

    internal static string QuickStartIndicators => Path.Combine(Repository, "docs", "examples", "iocs.txt");

    /// <summary>The official PowerShell that the tool manifest pins: <c>$PSHOME</c>.</summary>
    internal static string PowerShellHome { get; } = Path.Combine(Get("PowerShellToolFolder"), OperatingSystem.IsWindows() ? "win" : "unix");

    /// <summary>What <c>dotnet</c> is to run for a pwsh.</summary>
    internal static string Pwsh { get; } = Path.Combine(PowerShellHome, "pwsh.dll");

    /// <summary>A file of a package that was downloaded for the tests.</summary>
    internal static string PackageFile(string package, string version, string path) =>
        Path.Combine([Get("PackageFolder"), package.ToLowerInvariant(), version, .. path.Split('/')]);

    /// <summary>The platform's name in the folders of packages, and of the module.</summary>
    internal static string Platform { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>What the build has noted under a name.</summary>
    internal static string Get(string key) => typeof(BuildPlaces).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
