using System.Collections;
using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IocEnrich.PowerShell.Tests.Packaging;

/// <summary>What lies in the package, and what it says of itself: the binaries, the bill of materials and the notices tell the same.</summary>
public sealed partial class PackageContentTests : IAsyncLifetime
{
    private ModulePackage _package = null!;

    public async Task InitializeAsync() => _package = await ModulePackage.MakeAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Every_binary_is_ours_or_of_a_package_in_the_bill_and_every_package_there_has_a_binary()
    {
        Component[] bill = ReadBill(_package);
        string[] binaries =
        [
            .. Directory.EnumerateFiles(_package.Contents, "*", SearchOption.AllDirectories)
                .Where(static path => Path.GetExtension(path) is ".dll" or ".so" or ".dylib" && !Path.GetFileName(path).StartsWith("IocEnrich.", StringComparison.Ordinal)),
        ];
        Dictionary<string, string[]> ofPackage = bill.ToDictionary(
            static component => component.Name,
            component => binaries.Where(binary => component.Files.Contains(Path.GetFileName(binary))).ToArray());

        Assert.NotEmpty(binaries);
        Assert.All(ofPackage, static pair => Assert.True(pair.Value.Length > 0, $"The bill lists {pair.Key}, of which nothing is in the package."));
        Assert.All(binaries, binary => Assert.True(ofPackage.Any(pair => pair.Value.Contains(binary)), $"The bill lists no package that has {binary}."));
    }

    [Fact]
    public void The_notices_name_every_package_of_the_bill_with_its_licence_and_no_other()
    {
        string notices = _package.Read("THIRD-PARTY-NOTICES.txt").ReplaceLineEndings("\n");
        (string Name, string Licence)[] noted =
        [
            .. Notice().Matches(notices).SelectMany(static notice => notice.Groups["package"].Captures.Select(package => (package.Value, notice.Groups["licence"].Value))),
        ];
        (string Name, string Licence)[] billed = [.. ReadBill(_package).Select(static component => (component.Name, component.Licence))];

        Assert.True(!billed.Except(noted).Any(), $"THIRD-PARTY-NOTICES.txt lacks {string.Join(", ", billed.Except(noted))}.");
        Assert.True(!noted.Except(billed).Any(), $"THIRD-PARTY-NOTICES.txt has {string.Join(", ", noted.Except(billed))}, which is not redistributed.");
    }

    [Fact]
    public void The_notices_hold_the_text_of_each_licence_that_a_package_brings()
    {
        string notices = Words(_package.Read("THIRD-PARTY-NOTICES.txt"));
        string[] texts =
        [
            .. ReadBill(_package)
                .SelectMany(static component => Directory.EnumerateFiles(component.Folder))
                .Where(static path => LicenceFile().IsMatch(Path.GetFileName(path))),
        ];

        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.True(notices.Contains(Words(File.ReadAllText(text)), StringComparison.Ordinal), $"THIRD-PARTY-NOTICES.txt lacks the text of {text}."));
    }

    [Fact]
    public async Task The_bill_names_the_module_and_its_version_and_is_the_same_whenever_it_is_made()
    {
        using JsonDocument bill = JsonDocument.Parse(_package.Read("IocEnrich.cdx.json"));
        JsonElement component = bill.RootElement.GetProperty("metadata").GetProperty("component");

        Assert.Equal("CycloneDX", bill.RootElement.GetProperty("bomFormat").GetString());
        Assert.Equal("IocEnrich", component.GetProperty("name").GetString());
        Assert.Equal(Manifest(_package)["ModuleVersion"], component.GetProperty("version").GetString());
        string[] listed = [.. bill.RootElement.GetProperty("components").EnumerateArray().Select(static entry => entry.GetProperty("bom-ref").GetString()!)];
        Assert.All(
            bill.RootElement.GetProperty("dependencies").EnumerateArray().SelectMany(static entry => entry.GetProperty("dependsOn").EnumerateArray()),
            reference => Assert.Contains(reference.GetString(), listed));
        Assert.Equal(_package.Read("IocEnrich.cdx.json"), (await ModulePackage.WithAddressAsync()).Read("IocEnrich.cdx.json"));
    }

    [Fact]
    public void The_licence_lies_in_the_package_and_the_release_notes_are_those_of_the_changelog()
    {
        string changelog = File.ReadAllText(Path.Combine(BuildPlaces.Repository, "CHANGELOG.md")).ReplaceLineEndings("\n");
        string notes = ((string)GalleryData(_package)["ReleaseNotes"]!).ReplaceLineEndings("\n");

        Assert.Equal(File.ReadAllText(Path.Combine(BuildPlaces.Repository, "LICENSE")), _package.Read("LICENSE"));
        Assert.NotEmpty(notes);
        Assert.Matches($@"\n## \[(Unreleased|{Manifest(_package)["ModuleVersion"]})\][^\n]*\n+{Regex.Escape(notes)}\n*(## |\z)", changelog);
    }

    [Fact]
    public async Task The_package_says_where_the_project_lives_only_where_the_build_was_told_and_then_on_each_cmdlet_as_well()
    {
        ModulePackage placed = await ModulePackage.WithAddressAsync();
        string[] cmdlets = [.. ((object[])Manifest(placed)["CmdletsToExport"]!).Cast<string>()];
        string script = $"Import-Module '{Path.Combine(placed.Contents, "IocEnrich.psd1")}'; (Get-Command -Module IocEnrich | Sort-Object Name).HelpUri";

        string[] addresses = (await PwshProcess.RunAsync(script)).Output.ReplaceLineEndings("\n").Trim().Split('\n');

        Assert.Null(GalleryData(_package)["ProjectUri"]);
        Assert.DoesNotContain("Online version", _package.Read(Path.Combine("en-US", "IocEnrich.PowerShell.dll-Help.xml")), StringComparison.Ordinal);
        Assert.Equal(ModulePackage.ProjectUri, GalleryData(placed)["ProjectUri"]);
        Assert.Equal(cmdlets.Select(name => $"{ModulePackage.ProjectUri}/blob/v{Manifest(placed)["ModuleVersion"]}/docs/cmdlets/{name}.md"), addresses);
        Assert.All(cmdlets, static name => Assert.True(File.Exists(Path.Combine(BuildPlaces.Repository, "docs", "cmdlets", name + ".md")), name));
    }

    private static Component[] ReadBill(ModulePackage package)
    {
        using JsonDocument bill = JsonDocument.Parse(package.Read("IocEnrich.cdx.json"));
        return
        [
            .. bill.RootElement.GetProperty("components").EnumerateArray().Select(static entry => new Component(
                entry.GetProperty("name").GetString()!,
                entry.GetProperty("version").GetString()!,
                LicenceOf(entry.GetProperty("licenses")[0].GetProperty("license")))),
        ];
    }

    // Without an id it is none that everybody knows by its name.
    private static string LicenceOf(JsonElement licence) => (licence.TryGetProperty("id", out JsonElement id) ? id : licence.GetProperty("name")).GetString()!;

    private static Hashtable Manifest(ModulePackage package)
    {
        ScriptBlockAst script = Parser.ParseInput(package.Read("IocEnrich.psd1"), out _, out ParseError[] errors);
        Assert.Empty(errors);
        return (Hashtable)script.Find(static ast => ast is HashtableAst, searchNestedScriptBlocks: false)!.SafeGetValue();
    }

    private static Hashtable GalleryData(ModulePackage package) => (Hashtable)((Hashtable)Manifest(package)["PrivateData"]!)["PSData"]!;

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('\uFEFF');

    [GeneratedRegex(@"(?:^Package: +(?<package>\S+)\n)+Licence: +(?<licence>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Notice();

    [GeneratedRegex("licen[cs]e|notice", RegexOptions.IgnoreCase)]
    private static partial Regex LicenceFile();

    private sealed record Component(string Name, string Version, string Licence)
    {
        /// <summary>Where the package was restored to.</summary>
        internal string Folder => BuildPlaces.PackageFile(Name, Version, "");

        /// <summary>The names of the files that it has.</summary>
        internal HashSet<string> Files => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(static path => Path.GetFileName(path))];
    }
}
