using System.IO.Compression;

namespace IocEnrich.PowerShell.Tests.Packaging;

/// <summary>
/// What the gallery takes, made by the target that makes what is published, and unpacked. Compiled ahead for this platform only, so that it
/// needs nothing but what was restored. Made once for all tests that want one.
/// </summary>
internal sealed class ModulePackage
{
    private static readonly string Root = CreateRoot();
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static readonly Lazy<Task<ModulePackage>> Plain = new(static () => MakeAsync("plain", address: null));
    private static readonly Lazy<Task<ModulePackage>> Placed = new(static () => MakeAsync("placed", ProjectUri));

    private ModulePackage(string file)
    {
        File = file;
        Contents = Path.Combine(Path.GetDirectoryName(file)!, "contents");
        ZipFile.ExtractToDirectory(file, Contents);
    }

    /// <summary>The address that <see cref="WithAddressAsync"/> gives. Nobody asks there.</summary>
    internal static string ProjectUri => "https://example.org/owner/name";

    /// <summary>The package.</summary>
    internal string File { get; }

    /// <summary>A folder with what is in it.</summary>
    internal string Contents { get; }

    /// <summary>The package as it is made where nobody says where the project lives.</summary>
    internal static Task<ModulePackage> MakeAsync() => Plain.Value;

    /// <summary>The package as the workflow makes it, which says where the project lives.</summary>
    internal static Task<ModulePackage> WithAddressAsync() => Placed.Value;

    /// <summary>A file of it as text.</summary>
    internal string Read(string path) => System.IO.File.ReadAllText(Path.Combine(Contents, path));

    private static async Task<ModulePackage> MakeAsync(string name, string? address)
    {
        string folder = Path.Combine(Root, name);
        await OneAtATime.WaitAsync();
        try
        {
            await DotnetCommand.RunAsync(
                "build", Path.Combine("src", "IocEnrich.PowerShell", "IocEnrich.PowerShell.csproj"), "-t:PackageModule", "--no-restore", "--nologo",
                "-c", BuildPlaces.Get("Configuration"), $"-p:PackageDirectory={folder}/", "-p:ProjectUri=" + address);
        }
        finally
        {
            OneAtATime.Release();
        }

        return new ModulePackage(Assert.Single(Directory.GetFiles(folder)));
    }

    private static string CreateRoot()
    {
        string root = Directory.CreateTempSubdirectory("iocenrich-package-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        return root;
    }
}
