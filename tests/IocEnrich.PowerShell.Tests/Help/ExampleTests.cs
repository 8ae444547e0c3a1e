using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using IocEnrich.PowerShell.Tests.Conventions;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Help;

/// <summary>The examples of the help are what people copy at three in the morning: they must be right.</summary>
public sealed class ExampleTests(ImportedModule module) : IClassFixture<ImportedModule>, IDisposable
{
    // Below the indent of Get-Help, on a terminal of 80 columns: a line that wraps cannot be copied.
    private const int LongestLine = 76;

    // What the examples use and is not everywhere, or asks a person: Windows' NetTCPIP and Out-GridView, the clipboard, SecretManagement.
    private static readonly HashSet<string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        "Get-Clipboard", "Get-Credential", "Get-NetTCPConnection", "Get-Secret", "Out-GridView", "Read-Host",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Pages => new(HelpFiles.ReadPages().Select(static page => page.Name));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_an_example_exists_and_takes_the_parameters_that_it_is_given(string page)
    {
        Runspace.DefaultRunspace = module.Session.Runspace;
        foreach ((string title, ScriptBlockAst example) in ExamplesOf(page))
        {
            foreach (CommandAst command in CommandsOf(example))
            {
                string name = command.GetCommandName();
                if (Elsewhere.Contains(name))
                {
                    continue;
                }

                Assert.True(IsKnown(name), $"{title}: there is no command {name}.");
                StaticBindingResult binding = StaticParameterBinder.BindCommand(command, resolve: true);
                Assert.True(binding.BindingExceptions.Count == 0, $"{title}: {command}: {string.Join(' ', binding.BindingExceptions.Values.Select(static problem => problem.BindingException.Message))}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void An_example_is_about_its_cmdlet_writes_commands_out_and_can_be_copied_from_the_terminal(string page)
    {
        HashSet<string> aliases = [.. module.Session.Run("Get-Command -CommandType Alias").Select(static alias => ((CommandInfo)alias.BaseObject).Name)];
        foreach ((string title, ScriptBlockAst example) in ExamplesOf(page))
        {
            IEnumerable<string> commands = CommandsOf(example).Select(static command => command.GetCommandName());
            Assert.Contains(page, commands);
            Assert.Empty(commands.Intersect(aliases, StringComparer.OrdinalIgnoreCase));
            Assert.All(example.Extent.Text.Split('\n'), line => Assert.True(line.Length <= LongestLine, $"{title}: {line}"));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Examples_do_what_they_say_without_an_error(string page)
    {
        await using EmulatorServer server = await TestServer.StartAsync();
        File.Copy(BuildPlaces.QuickStartIndicators, Path.Combine(_folder, "iocs.txt"));
        File.Copy(BuildPlaces.QuickStartIndicators, Path.Combine(_folder, "report.txt"));
        File.WriteAllText(Path.Combine(_folder, "alerts.csv"), "Alert,Hash\n1,44d88612fea8a8f36de82e1278abb02f\n");
        File.WriteAllText(Path.Combine(_folder, "proxy.log"), "GET http://www.example.org/ denied\n");
        File.WriteAllText(Path.Combine(_folder, "events.json"), """[{"host":"ws-17","data":{"DestinationHostname":"www.example.org"}}]""");
        foreach (string folder in (string[])["downloads", "reports", "case42"])
        {
            File.Copy(BuildPlaces.QuickStartIndicators, Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName, "report.txt"));
        }

        File.WriteAllText(
            Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "mails")).FullName, "invoice.eml"),
            "From: bob@example.org\nSubject: invoice\nContent-Type: text/html\n\n<a href='http://www.example.org/'>pay</a>\n");

        (string Title, ScriptBlockAst Script)[] examples = [.. ExamplesOf(page).Where(static example => !CommandsOf(example.Script).Any(static command => Elsewhere.Contains(command.GetCommandName())))];
        Assert.NotEmpty(examples);

        // In a process of its own: an example may set the key of the environment.
        string script = Path.Combine(_folder, "examples.ps1");
        File.WriteAllText(
            script,
            $$"""
            $PSDefaultParameterValues['*-IocEnrichment*:Endpoint'] = '{{server.Endpoint}}'
            $PSDefaultParameterValues['*-IocEnrichment*:ApiKey'] = [System.Net.NetworkCredential]::new('', 'a-key-for-the-tests').SecurePassword
            $PSDefaultParameterValues['Start-IocEnrichment:RequestsPerMinute'] = 0
            $ExecutionContext.SessionState.Path.SetLocation('{{_folder}}')
            $job = Start-IocEnrichment -Path iocs.txt -Name tonight

            """ + string.Concat(examples.Select(static example => $$"""

            $Error.Clear()
            {{example.Script.Extent.Text}}
            "{{example.Title}}: $($Error.Count) errors. $Error"

            """)));
        PwshResult result = await PwshProcess.RunAsync(["-File", script], ("IOCENRICH_CACHE", Path.Combine(_folder, "cache.db")));

        Assert.All(examples, example => Assert.Contains($"{example.Title}: 0 errors. ", result.Output + result.Error, StringComparison.Ordinal));
        Assert.Equal(0, result.ExitCode);
    }

    private static IEnumerable<CommandAst> CommandsOf(ScriptBlockAst script) => script.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>();

    private static IEnumerable<(string Title, ScriptBlockAst Script)> ExamplesOf(string page)
    {
        foreach (HelpEntry example in HelpPage.Read(Path.Combine(HelpFiles.Pages, page + ".md")).Examples)
        {
            ScriptBlockAst script = Parser.ParseInput(example.Blocks[0].Text, out _, out ParseError[] errors);
            Assert.True(errors.Length == 0, $"{page}, {example.Title}: {string.Join(' ', errors.Select(static error => error.Message))}");
            yield return (example.Title.Split(':')[0], script);
        }
    }

    private bool IsKnown(string command) => module.Session.Run("Get-Command -Name $Name -CommandType Cmdlet -ErrorAction Ignore", ("Name", command)).Count == 1;
}
