using System.Management.Automation;
using System.Management.Automation.Language;

namespace IocEnrich.PowerShell.Tests.Conventions;

/// <summary>What PSScriptAnalyzer asks of scripts, where it is not to hand: the few of its rules that matter here.</summary>
public sealed class ScriptTests(ImportedModule module) : IClassFixture<ImportedModule>
{
    private static readonly string[] Avoided = ["Invoke-Expression", "Write-Host"];

    public static TheoryData<string> Scripts => new(
        Directory.EnumerateFiles(Path.Combine(BuildPlaces.Repository, "docs", "examples"), "*.ps1")
            .Append(Path.Combine(BuildPlaces.Repository, "build.ps1"))
            .Select(static path => Path.GetRelativePath(BuildPlaces.Repository, path)));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_parses_explains_itself_and_writes_commands_out(string script)
    {
        ScriptBlockAst ast = Parser.ParseFile(Path.Combine(BuildPlaces.Repository, script), out _, out ParseError[] errors);

        Assert.Empty(errors);
        Assert.False(string.IsNullOrWhiteSpace(ast.GetHelpContent()?.Synopsis), "The script has no comment with a .SYNOPSIS.");
        string[] commands = [.. ast.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true).Select(static node => ((CommandAst)node).GetCommandName()).OfType<string>().Distinct()];
        Assert.NotEmpty(commands);
        Assert.Empty(commands.Intersect(Avoided));
        HashSet<string> aliases = [.. module.Session.Run("Get-Command -CommandType Alias").Select(static alias => ((CommandInfo)alias.BaseObject).Name)];
        Assert.Contains("%", aliases);
        Assert.Empty(commands.Intersect(aliases, StringComparer.OrdinalIgnoreCase));
    }
}
