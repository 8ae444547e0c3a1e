using System.Runtime.InteropServices;

namespace IocEnrich.PowerShell.Loading;

/// <summary>The platform this process runs on, as far as it matters for native libraries.</summary>
internal static class NativePlatform
{
    /// <summary>The platform's portable identifier, such as <c>linux-musl-x64</c>: the name of the folder its libraries lie in.</summary>
    /// <remarks>Not the runtime's own: one that was built by a distribution names that.</remarks>
    internal static string RuntimeIdentifier
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : UsesMusl ? "linux-musl" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    private static bool UsesMusl =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);

    /// <summary>The name of a library's file here.</summary>
    internal static string FileNameOf(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
}
