namespace IocEnrich.PowerShell.Tests.Shell;

/// <summary>Where results, errors, messages and progress go, and what they look like there.</summary>
public sealed class StreamTests
{
    /// <summary>
    /// A command that uses every stream. The engine alone has no Write-Warning and its like. It is one line, because the engine's view of
    /// an error in a command of several lines shows the line.
    /// </summary>
    private static readonly string EveryStream = """
        function Show-All {
            [CmdletBinding()] param();
            $progress = [Management.Automation.ProgressRecord]::new(1, 'Looking up', '3 of 10');
            $progress.PercentComplete = 30;
            $PSCmdlet.WriteProgress($progress);
            $PSCmdlet.WriteWarning('a warning');
            $PSCmdlet.WriteVerbose('a decision');
            $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new([Exception]::new('one failed'), 'Failed', 'NotSpecified', 1));
            'a result'
        };
        Show-All -Verbose
        """.ReplaceLineEndings(" ");

    [Fact]
    public async Task Redirected_streams_are_plain_text_with_errors_on_standard_error_and_no_progress()
    {
        ShellResult result = await ShellProcess.RunAsync("-c", EveryStream);

        Assert.Equal("WARNING: a warning\nVERBOSE: a decision\na result\n", result.Output.ReplaceLineEndings("\n"));
        Assert.Equal("Show-All: one failed\n", result.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_terminating_error_is_shown_in_the_engines_own_view()
    {
        ShellResult command = await ShellProcess.RunAsync("-c", "throw 'a reason'");
        ShellResult incomplete = await ShellProcess.RunAsync("-c", "foreach ($i in 1) {");

        Assert.Equal((1, string.Empty, "Exception: a reason"), (command.ExitCode, command.Output, command.Error.Trim()));
        Assert.Contains("Missing closing '}'", incomplete.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_a_script_says_in_which_line()
    {
        string script = Path.GetTempFileName();
        string named = Path.ChangeExtension(script, ".ps1");
        File.Move(script, named);
        await File.WriteAllTextAsync(named, "'first'\nthrow 'a reason'\n");
        try
        {
            ShellResult result = await ShellProcess.RunAsync("-File", named);

            Assert.Contains($"{named}:2", result.Error, StringComparison.Ordinal);
            Assert.Contains("| a reason", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(named);
        }
    }

    [Fact]
    public async Task A_redirected_table_is_as_wide_as_one_from_pwsh()
    {
        ShellResult result = await ShellProcess.RunAsync("-c", "$Host.UI.RawUI.BufferSize.Width");

        Assert.Equal("120", result.Output.Trim());
    }

    [Fact]
    public async Task A_question_that_nobody_can_answer_is_an_error()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-c",
            "function Remove-It { [CmdletBinding(SupportsShouldProcess)] param() if ($PSCmdlet.ShouldProcess('it')) { 'removed' } };"
            + "Remove-It -Confirm");

        Assert.Empty(result.Output);
        Assert.Contains("Nobody can be asked", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_of_pwsh_that_is_missing_here_is_explained_once()
    {
        ShellResult result = await ShellProcess.RunAsync("-c", "Get-Content iocs.txt; Select-Object; Get-Content");

        Assert.Equal(2, result.Error.Split("belong to modules that come with pwsh").Length);
    }

    [UnixFact]
    public async Task On_a_terminal_errors_are_red_warnings_are_yellow_and_progress_is_drawn_in_place_and_taken_away()
    {
        using PseudoTerminal terminal = PseudoTerminal.Start(["-c", EveryStream]);

        (int exitCode, string screen) = await terminal.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("\u001b[31;1mShow-All: \u001b[31;1mone failed\u001b[0m", screen, StringComparison.Ordinal);
        Assert.Contains("\u001b[33;1mWARNING: a warning\u001b[0m", screen, StringComparison.Ordinal);
        Assert.Contains("\r\u001b[K\u001b[33;1mLooking up [######..............] 30% 3 of 10\u001b[0m", screen, StringComparison.Ordinal);

        // Nothing of the line stands beside the result, nor after the end.
        Assert.Contains("\r\u001b[Ka result\r\n", screen, StringComparison.Ordinal);
        Assert.EndsWith("\r\u001b[K", screen, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task NO_COLOR_is_respected_on_a_terminal()
    {
        using PseudoTerminal terminal = PseudoTerminal.Start(["-c", EveryStream], ("NO_COLOR", "1"));

        (_, string screen) = await terminal.EndAsync();

        Assert.Contains("Show-All: one failed", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[33;1m", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31;1m", screen, StringComparison.Ordinal);
    }
}
