using System.Globalization;
using System.Management.Automation;
using IocEnrich.PowerShell.Tests.Conventions;

namespace IocEnrich.PowerShell.Tests.Help;

/// <summary>Holds the pages of docs/cmdlets to the code, and the MAML to the pages.</summary>
public sealed class HelpPageTests(ImportedModule module) : IClassFixture<ImportedModule>
{
    private static readonly string[] Sections =
        ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    [Fact]
    public void Every_cmdlet_has_a_page_that_says_of_each_parameter_what_the_code_says()
    {
        foreach (CmdletInfo cmdlet in module.Cmdlets)
        {
            HelpFiles.Expect(PathOf(cmdlet), PageOf(cmdlet));
        }

        Assert.Equal(module.Cmdlets.Select(static cmdlet => cmdlet.Name).Order(StringComparer.Ordinal), HelpFiles.ReadPages().Select(static page => page.Name));
    }

    [Fact]
    public void The_help_that_is_shipped_is_made_of_the_pages()
    {
        foreach (CmdletInfo cmdlet in module.Cmdlets.Where(static _ => HelpFiles.MustWrite))
        {
            File.WriteAllText(PathOf(cmdlet), PageOf(cmdlet));
        }

        HelpFiles.Expect(HelpFiles.Maml, MamlWriter.Write(HelpFiles.ReadPages()));
    }

    [Fact]
    public void Every_page_is_whole()
    {
        foreach (HelpPage page in HelpFiles.ReadPages())
        {
            CmdletInfo cmdlet = module.Cmdlets.Single(cmdlet => cmdlet.Name == page.Name);
            Assert.Equal(Sections, page.Sections);
            Assert.DoesNotContain("{{", page.Text, StringComparison.Ordinal);
            Assert.Contains($"\n# {page.Name}\n", page.Text, StringComparison.Ordinal);
            Assert.Contains($"\nexternal help file: {cmdlet.HelpFile}\n", page.Text, StringComparison.Ordinal);
            Assert.Single(page.Synopsis);
            Assert.NotEmpty(page.Description);
            Assert.True(page.Examples.Count >= 3, $"{page.Name} has {page.Examples.Count} examples.");
            Assert.All(page.Examples, example => Assert.True(example.Blocks.Count > 1 && example.Blocks[0].IsCode, $"{page.Name}, {example.Title}: an example is code, and what it does."));
            Assert.All(page.Parameters, parameter => Assert.True(parameter.Blocks.Count > 1, $"{page.Name} -{parameter.Title} has no text."));
            Assert.All(page.Inputs.Concat(page.Outputs), entry => Assert.True(entry.Blocks.Count > 0, $"{page.Name}: {entry.Title} has no text."));
            Assert.Equal(cmdlet.OutputType.Select(static type => type.Name).DefaultIfEmpty("None").Order(), page.Outputs.Select(static output => output.Title).Order());
            Assert.NotEmpty(page.Links);
        }
    }

    [Fact]
    public void A_default_that_an_option_has_is_the_one_that_the_pages_tell()
    {
        Dictionary<string, string> defaults = module.Session.Run("Get-IocEnrichmentOption | Where-Object { $_.Name -ne 'ApiKey' -and $null -ne $_.DefaultValue }").ToDictionary(
            static option => (string)option.Properties["Name"].Value,
            static option => Convert.ToString(option.Properties["DefaultValue"].Value is PSObject value ? value.BaseObject : option.Properties["DefaultValue"].Value, CultureInfo.InvariantCulture)!);

        Assert.Equal("4", defaults["ThrottleLimit"]);
        foreach (HelpPage page in HelpFiles.ReadPages().Where(static page => page.Parameters.Any(static parameter => parameter.Title == "ApiKey") && page.Name != "Set-IocEnrichmentOption"))
        {
            foreach (HelpEntry parameter in page.Parameters.Where(parameter => defaults.ContainsKey(parameter.Title)))
            {
                Assert.Equal((page.Name, parameter.Title, defaults[parameter.Title]), (page.Name, parameter.Title, ParameterBlock.Read(parameter.Blocks[^1].Text).DefaultValue));
            }
        }
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        HashSet<string> topics = [.. HelpFiles.ReadPages().Select(static page => page.Name + ".md")];
        foreach (HelpPage page in HelpFiles.ReadPages())
        {
            Assert.All(
                page.Links.Where(static link => !link.Target.StartsWith("https://", StringComparison.Ordinal)),
                link => Assert.True(
                    topics.Contains(link.Target) || File.Exists(Path.Combine(HelpFiles.Pages, link.Target)), $"{page.Name} links to {link.Target}."));
        }
    }

    private static string PathOf(CmdletInfo cmdlet) => Path.Combine(HelpFiles.Pages, cmdlet.Name + ".md");

    private static string PageOf(CmdletInfo cmdlet) =>
        File.Exists(PathOf(cmdlet)) ? HelpPageUpdate.Update(cmdlet, HelpPage.Read(PathOf(cmdlet)).Text) : HelpPageUpdate.Create(cmdlet);
}
