namespace IocEnrich.PowerShell.Tests.Shell;

/// <summary>Ctrl+C and SIGTERM, and the prompt that goes on after them.</summary>
public sealed class InterruptTests
{
    private const string EndlessCommand = "try { 'running'; while ($true) { } } finally { [Console]::WriteLine('tidied up') }";

    [UnixFact]
    public async Task Ctrl_C_stops_the_pipeline_lets_it_tidy_up_and_ends_with_130()
    {
        using ShellProcess shell = ShellProcess.Start("-c", EndlessCommand);
        await shell.WaitForLineAsync("running");

        shell.Send(Signals.Interrupt);

        Assert.Equal(new ShellResult(130, "running\ntidied up\n", string.Empty), await shell.EndAsync());
    }

    [UnixFact]
    public async Task SIGTERM_stops_the_pipeline_lets_it_tidy_up_and_ends_with_143()
    {
        using ShellProcess shell = ShellProcess.Start("-c", EndlessCommand);
        await shell.WaitForLineAsync("running");

        shell.Send(Signals.Terminate);

        Assert.Equal(new ShellResult(143, "running\ntidied up\n", string.Empty), await shell.EndAsync());
    }

    [UnixFact]
    public async Task A_second_Ctrl_C_ends_a_pipeline_that_does_not_stop()
    {
        string command = """
            try { 'running'; while ($true) { } }
            finally { [Console]::WriteLine('stopping'); [Threading.Thread]::Sleep([Threading.Timeout]::Infinite) }
            """;
        using ShellProcess shell = ShellProcess.Start("-c", command);
        await shell.WaitForLineAsync("running");
        shell.Send(Signals.Interrupt);
        await shell.WaitForLineAsync("stopping");

        shell.Send(Signals.Interrupt);

        Assert.Equal(130, (await shell.EndAsync()).ExitCode);
    }

    [UnixFact]
    public async Task At_the_prompt_Ctrl_C_stops_a_command_and_drops_half_a_line_and_the_session_goes_on()
    {
        using PseudoTerminal terminal = PseudoTerminal.Start(["-Interactive", "-NoLogo"]);
        await terminal.WaitForAsync("> ");

        terminal.Type("'run' + 'ning'; while ($true) { }\r");
        await terminal.WaitForAsync("running\r\n");
        terminal.Interrupt();
        await terminal.WaitForAsync("> ");
        terminal.Type("half a line");
        await terminal.WaitForAsync("half a line");
        terminal.Interrupt();
        await terminal.WaitForAsync("> ");
        terminal.Type("foreach ($i in 1..2) {\r");
        await terminal.WaitForAsync(">> ");
        terminal.Type("\"number $i\" }\r");
        await terminal.WaitForAsync("number 1\r\nnumber 2\r\n");
        await terminal.WaitForAsync("> ");
        terminal.Type("exit 6\r");

        Assert.Equal(6, (await terminal.EndAsync()).ExitCode);
    }

    [UnixFact]
    public async Task On_a_terminal_a_question_is_asked_and_a_secret_is_not_shown()
    {
        string command = """
            function Remove-It { [CmdletBinding(SupportsShouldProcess)] param() if ($PSCmdlet.ShouldProcess('it')) { 'removed it' } }
            Remove-It -Confirm
            $Host.UI.Write('Key: '); "of $($Host.UI.ReadLineAsSecureString().Length) characters"
            """;
        using PseudoTerminal terminal = PseudoTerminal.Start(["-c", command]);

        await terminal.WaitForAsync("(default is \"Y\"): ");
        terminal.Type("y\r");
        await terminal.WaitForAsync("removed it");
        await terminal.WaitForAsync("Key: ");
        terminal.Type("hush\b!\r");

        (int exitCode, string screen) = await terminal.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains("of 4 characters", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("hus", screen, StringComparison.Ordinal);
    }
}
