namespace IocEnrich.PowerShell.Tests.Shell;

/// <summary>What the shell is told, and what it answers with its exit code, as a script that calls it sees it.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("IocEnrich.Shell.");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_command_is_the_rest_of_the_line_and_its_output_is_formatted()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-NoProfile", "-c", "[pscustomobject]@{", "Value='bücher.example';", "Type='Domain'", "}");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["Value          Type", "-----          ----", "bücher.example Domain"], Lines(result.Output));
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task The_packaged_module_is_loaded()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-c", "(Get-Module IocEnrich).ModuleBase; (Get-Module -ListAvailable IocEnrich).Name");

        Assert.Equal([Path.Combine(ShellProcess.RepositoryRoot, "artifacts", "IocEnrich"), "IocEnrich"], Lines(result.Output));
    }

    [Fact]
    public async Task ASP_NET_is_not_loaded_for_a_command()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-c", "[AppDomain]::CurrentDomain.GetAssemblies().ForEach('FullName') -match 'AspNetCore|Emulator'");

        Assert.Equal((0, string.Empty), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("& { exit 7 }; 'not reached'", 7)]
    [InlineData("throw 'a reason'", 1)]
    [InlineData("Get-Nothing", 1)]
    [InlineData("Get-Nothing; 'later'", 0)]
    [InlineData("foreach ($i in 1) {", 1)]
    public async Task A_command_ends_with_the_exit_code_that_pwsh_gives_it(string command, int expected)
        => Assert.Equal(expected, (await ShellProcess.RunAsync("-c", command)).ExitCode);

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit 0; throw 'not reached'", 0)]
    [InlineData("function Stop-Here { exit 9 }; Stop-Here", 9)]
    [InlineData("throw 'a reason'", 1)]
    [InlineData("Get-Nothing", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Nothing", 1)]
    [InlineData("if (", 1)]
    public async Task A_script_ends_with_the_exit_code_that_pwsh_gives_it(string script, int expected)
        => Assert.Equal(expected, (await ShellProcess.RunAsync("-File", Script(script))).ExitCode);

    [Fact]
    public async Task Arguments_are_bound_to_the_param_block_of_a_script()
    {
        string script = Script(
            "param([string] $Name, [int] $Count, [switch] $First, [switch] $Second) \"$Name|$Count|$First|$Second|$args\"");

        ShellResult byName = await ShellProcess.RunAsync(
            "-File", script, "-Name", "it's $(1); exit 5", "-Count:-2", "-First", "-Second:$false", "rest");
        ShellResult byPosition = await ShellProcess.RunAsync(script, "-1", "4", "-Second:true");

        Assert.Equal("it's $(1); exit 5|-2|True|False|rest", byName.Output.Trim());
        Assert.Equal("-1|4|False|True|", byPosition.Output.Trim());
    }

    [Fact]
    public async Task An_argument_that_cannot_be_bound_is_a_failure()
    {
        ShellResult result = await ShellProcess.RunAsync("-File", Script("param([int] $Count) 'not reached'"), "-Count", "many");

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.Contains("'Count'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_may_come_from_standard_input()
    {
        ShellResult result = await ShellProcess.RunAsync(["-Command", "-"], input: "foreach ($i in 1..2) {\n  $i\n}\nexit 4\n");

        Assert.Equal((4, "1\n2\n"), (result.ExitCode, result.Output.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task Standard_input_is_the_input_of_a_script_that_wants_it()
    {
        ShellResult command = await ShellProcess.RunAsync(["-c", "$input | ForEach-Object { \"[$_]\" }"], input: "one\ntwo\n");
        ShellResult script = await ShellProcess.RunAsync(["-f", Script("$input | ForEach-Object { \"<$_>\" }")], input: "one\ntwo\n");

        Assert.Equal(["[one]", "[two]"], Lines(command.Output));
        Assert.Equal(["<one>", "<two>"], Lines(script.Output));
    }

    [Theory]
    [InlineData("-Bogus")]
    [InlineData("-Command")]
    [InlineData("-File")]
    [InlineData("no-such-script.ps1")]
    public async Task A_command_line_that_cannot_be_understood_is_one_sentence_and_exit_code_64(params string[] arguments)
    {
        ShellResult result = await ShellProcess.RunAsync(arguments);

        Assert.Equal((64, string.Empty), (result.ExitCode, result.Output));
        Assert.EndsWith(".", Assert.Single(Lines(result.Error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Help", "-Command <text>")]
    [InlineData("--help", "-Command <text>")]
    [InlineData("-Version", "PowerShell engine 7.")]
    public async Task Help_and_version_are_printed(string option, string expected)
    {
        ShellResult result = await ShellProcess.RunAsync(option);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_cannot_be_imported_is_named_with_the_reason()
    {
        string module = Path.Combine(_folder.FullName, "Broken.psm1");
        await File.WriteAllTextAsync(module, "throw 'it is broken'");

        ShellResult broken = await ShellProcess.RunAsync(["-c", "'not reached'"], input: null, ("IOCENRICH_MODULE", module));
        ShellResult missing = await ShellProcess.RunAsync(["-c", "'not reached'"], input: null, ("IOCENRICH_MODULE", module + ".not"));

        Assert.Equal((1, string.Empty), (broken.ExitCode, broken.Output));
        Assert.Equal($"The module '{module}' could not be imported: it is broken", broken.Error.Trim());
        Assert.Equal((1, string.Empty), (missing.ExitCode, missing.Output));
        Assert.Contains(module + ".not", missing.Error, StringComparison.Ordinal);
    }

    private static string[] Lines(string text)
        => text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private string Script(string text)
    {
        string path = Path.Combine(_folder.FullName, "it's a script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
