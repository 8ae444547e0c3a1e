using System.Management.Automation;
using IocEnrich.PowerShell.Tests.Conventions;

namespace IocEnrich.PowerShell.Tests.Help;

/// <summary>What Get-Help shows of it, in the real engine, of the packaged module.</summary>
public sealed class GetHelpTests(ImportedModule module) : IClassFixture<ImportedModule>
{
    [Fact]
    public void Get_Help_finds_the_text_of_every_cmdlet_and_of_each_of_its_parameters()
    {
        foreach (HelpPage page in HelpFiles.ReadPages())
        {
            PSObject help = module.Session.Run("Get-Help $Name -Full", ("Name", page.Name)).Single();

            Assert.Equal(MamlWriter.Plain(page.Synopsis[0].Text), help.Properties["Synopsis"].Value);
            Assert.Equal(page.Examples.Count, module.Session.Run("(Get-Help $Name).examples.example").Count);
            foreach (HelpEntry parameter in page.Parameters)
            {
                PSObject text = module.Session.Run("(Get-Help $Name -Parameter $Parameter).description[0].Text", ("Parameter", parameter.Title)).Single();
                Assert.Equal(MamlWriter.Plain(parameter.Blocks[0].Text), text.BaseObject);
            }
        }
    }

    [Fact]
    public async Task A_newcomer_in_the_shell_sees_examples_that_can_be_copied_line_by_line()
    {
        HelpPage page = HelpPage.Read(Path.Combine(HelpFiles.Pages, "Start-IocEnrichment.md"));

        PwshResult result = await PwshProcess.RunAsync("Get-Help Start-IocEnrichment -Examples");

        string[] shown = [.. result.Output.Split('\n').Select(static line => line.Trim())];
        Assert.All(page.Examples.SelectMany(static example => example.Blocks[0].Text.Split('\n')), line => Assert.Contains(line.Trim(), shown));
    }

    [Fact]
    public void Get_Help_Online_says_that_there_is_no_address_and_opens_nobody_elses()
    {
        foreach (HelpPage page in HelpFiles.ReadPages())
        {
            ErrorRecord error = module.Session.Fail($"Get-Help {page.Name} -Online");

            Assert.Contains("the Internet address (URI) of the Help topic is not specified", error.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_topic_about_the_module_is_found_and_says_in_a_line_what_it_is_about()
    {
        PSObject topic = module.Session.Run("Get-Help about_IocEnrich").Single();

        string text = topic.ToString();
        Assert.StartsWith("TOPIC", text, StringComparison.Ordinal);
        Assert.Equal("Looks up indicators of compromise in VirusTotal from a PowerShell session.", topic.Properties["Synopsis"].Value);
        Assert.All(text.Split('\n'), static line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
        Assert.All(HelpFiles.ReadPages(), page => Assert.Contains($"\n    {page.Name}\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }
}
