using System.Collections;
using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Conventions;

/// <summary>What Test-ModuleManifest and a gallery ask of the manifest.</summary>
public sealed class ManifestTests(ImportedModule module) : IClassFixture<ImportedModule>
{
    private static readonly string[] FilesNamedIn = ["RootModule", "FormatsToProcess", "TypesToProcess", "RequiredAssemblies"];

    [Fact]
    public void Test_ModuleManifest_finds_nothing()
    {
        PSModuleInfo tested = (PSModuleInfo)module.Session.Run("Test-ModuleManifest $Path", ("Path", BuildPlaces.Module)).Single().BaseObject;

        Assert.Empty(module.Session.Errors);
        Assert.Empty(module.Session.Warnings);
        Assert.Equal("IocEnrich", tested.Name);
    }

    [Fact]
    public void It_says_who_what_and_for_which_PowerShell()
    {
        Hashtable manifest = ImportedModule.Manifest;

        Assert.True(Guid.TryParse((string)manifest["GUID"]!, out Guid id) && id != Guid.Empty);
        Assert.All(["Author", "Copyright", "Description"], field => Assert.False(string.IsNullOrWhiteSpace((string?)manifest[field]), field));
        Assert.Equal("7.4", manifest["PowerShellVersion"]);
        Assert.Equal(["Core"], (object[])manifest["CompatiblePSEditions"]!);
        Hashtable gallery = (Hashtable)((Hashtable)manifest["PrivateData"]!)["PSData"]!;
        Assert.All((object[])gallery["Tags"]!, static tag => Assert.DoesNotContain(' ', (string)tag));
        Assert.True(Uri.TryCreate((string)gallery["LicenseUri"]!, UriKind.Absolute, out _));
    }

    [Fact]
    public void What_is_exported_is_written_out_so_that_PowerShell_can_load_the_module_when_a_cmdlet_is_used()
    {
        Hashtable manifest = ImportedModule.Manifest;

        Assert.All(["FunctionsToExport", "VariablesToExport", "AliasesToExport"], field => Assert.Empty((object[])manifest[field]!));
        Assert.Equal(module.Cmdlets.Select(static cmdlet => cmdlet.Name).Order(StringComparer.Ordinal), ((object[])manifest["CmdletsToExport"]!).Cast<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_file_that_it_names_is_there()
    {
        string folder = Path.GetDirectoryName(BuildPlaces.Module)!;
        IEnumerable<string> named = FilesNamedIn
            .Select(static field => ImportedModule.Manifest[field])
            .OfType<object>()
            .SelectMany(static value => value as object[] ?? [value])
            .Cast<string>();

        Assert.All(named, name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
    }
}
