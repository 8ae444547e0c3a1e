namespace IocEnrich.PowerShell.Tests.Processes;

/// <summary>Somebody presses Ctrl+C, ends the process or closes the window while a job works.</summary>
public sealed class InterruptTests : IAsyncLifetime
{
    private const string WaitForResults = "1..20 | ForEach-Object { \"host$_.example.com\" } | Start-IocEnrichment @To -Name mine | Receive-IocEnrichmentResult -Wait";

    private Screen _screen = null!;

    public async Task InitializeAsync() => _screen = await Screen.StartAsync();

    public async Task DisposeAsync() => await _screen.DisposeAsync();

    [TerminalFact]
    public async Task Ctrl_C_ends_the_wait_takes_the_progress_away_and_leaves_the_job_running()
    {
        using IDisposable hold = _screen.Server.Hold();
        using PseudoTerminal terminal = await AtThePromptAsync();

        terminal.Type(_screen.Prepare(WaitForResults) + "\r");
        await terminal.WaitForAsync("0 of 20");
        terminal.Interrupt();
        await terminal.WaitForAsync($"\u001b[1;1H{new string(' ', PseudoTerminal.Columns)}\u001b[1;1H");
        await terminal.WaitForAsync("(mine) continues while this session lasts. To wait again: Receive-IocEnrichmentResult -Id ");
        await terminal.WaitForAsync("PS ");
        terminal.Type("'it is ' + (Get-IocEnrichmentJob mine).State\r");
        await terminal.WaitForAsync("it is Running");
        terminal.Type("exit\r");

        Assert.Equal(0, (await terminal.EndAsync()).ExitCode);
    }

    [TerminalFact]
    public async Task Ctrl_C_while_input_still_arrives_stops_the_job_that_nobody_has_in_hand()
    {
        using IDisposable hold = _screen.Server.Hold();
        using PseudoTerminal terminal = await AtThePromptAsync();

        terminal.Type(_screen.Prepare("& { 'a.example.com'; Start-Sleep 600 } | Start-IocEnrichment @To -Name mine") + "\r");
        await RequestsAsync(inFlight: 1);
        terminal.Interrupt();
        await terminal.WaitForAsync("PS ");
        terminal.Type("'it is ' + (Get-IocEnrichmentJob mine | Wait-Job).State\r");
        await terminal.WaitForAsync("it is Stopped");
        terminal.Type("exit\r");

        Assert.Equal(0, (await terminal.EndAsync()).ExitCode);
    }

    [TerminalFact]
    public async Task Halt_at_a_question_of_Debug_stops_the_job_that_nobody_has_in_hand()
    {
        using IDisposable hold = _screen.Server.Hold();
        using PseudoTerminal terminal = await AtThePromptAsync();

        terminal.Type(_screen.Prepare("'a.example.com' | Start-IocEnrichment @To -Name mine -Debug") + "\r");
        await terminal.WaitForAsync("[H] Halt Command");
        terminal.Type("h\r");
        await terminal.WaitForAsync("PS ");
        terminal.Type("'it is ' + (Get-IocEnrichmentJob mine | Wait-Job).State\r");
        await terminal.WaitForAsync("it is Stopped");
        terminal.Type("exit\r");

        Assert.Equal(0, (await terminal.EndAsync()).ExitCode);
    }

    [TerminalFact]
    public async Task A_window_that_is_closed_takes_its_jobs_and_their_requests_with_it()
    {
        using IDisposable hold = _screen.Server.Hold();
        using PseudoTerminal terminal = await AtThePromptAsync();
        terminal.Type(_screen.Prepare(WaitForResults) + "\r");
        await RequestsAsync(inFlight: 4);

        await terminal.CloseAsync();

        await RequestsAsync(inFlight: 0);
        Assert.Equal(4, _screen.Server.Requests.Total);
    }

    [TerminalFact]
    public async Task SIGTERM_ends_an_interactive_session_with_its_jobs_and_their_requests()
    {
        using IDisposable hold = _screen.Server.Hold();
        using PseudoTerminal terminal = await AtThePromptAsync();
        terminal.Type(_screen.Prepare(WaitForResults) + "\r");
        await RequestsAsync(inFlight: 4);

        terminal.Send(Signals.Terminate);

        Assert.NotEqual(0, (await terminal.EndAsync()).ExitCode);
        await RequestsAsync(inFlight: 0);
        Assert.Equal(4, _screen.Server.Requests.Total);
    }

    [UnixTheory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task A_signal_ends_a_script_that_waits_for_results_and_its_requests(int signal)
    {
        using IDisposable hold = _screen.Server.Hold();
        using PwshProcess pwsh = PwshProcess.Start(["-Command", _screen.Prepare(WaitForResults)], _screen.Store);
        await RequestsAsync(inFlight: 4);

        pwsh.Send(signal);

        PwshResult result = await pwsh.EndAsync();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal(("", ""), (result.Output, result.Error));
        await RequestsAsync(inFlight: 0);
        Assert.Equal(4, _screen.Server.Requests.Total);
    }

    [TerminalFact]
    public async Task Confirm_asks_on_a_terminal_and_a_no_asks_the_service_for_nothing()
    {
        using PseudoTerminal terminal = await AtThePromptAsync();

        terminal.Type(_screen.Prepare("Start-IocEnrichment a.example.com @To -Confirm | ForEach-Object { 'it is ' + $_.Name }") + "\r");
        await terminal.WaitForAsync("\"Look up indicators in VirusTotal\"");
        await terminal.WaitForAsync("(default is \"Y\"):");
        terminal.Type("n\r");
        await terminal.WaitForAsync("PS ");
        Assert.Equal(0, _screen.Server.Requests.Total);

        terminal.Type("Start-IocEnrichment a.example.com @To -Confirm -Name yes | Receive-IocEnrichmentResult -Wait | ForEach-Object { 'it is ' + $_.Status }\r");
        await terminal.WaitForAsync("(default is \"Y\"):");
        terminal.Type("y\r");
        await terminal.WaitForAsync("it is Found");
        terminal.Type("exit\r");
        await terminal.EndAsync();
    }

    [TerminalFact]
    public async Task Tab_completes_the_name_of_a_job_with_the_quotation_marks_that_it_needs()
    {
        using PseudoTerminal terminal = await AtThePromptAsync();

        terminal.Type(_screen.Prepare("$job = 'CVE-2021-44228' | Start-IocEnrichment @To -Name 'two words'") + "\r");
        await terminal.WaitForAsync("PS ");
        terminal.Type("Get-IocEnrichmentJob tw\t | ForEach-Object { 'it is ' + $_.Name }\r");
        await terminal.WaitForAsync("it is two words");
        terminal.Type("exit\r");
        await terminal.EndAsync();
    }

    private async Task<PseudoTerminal> AtThePromptAsync()
    {
        PseudoTerminal terminal = _screen.AtThePrompt();
        await terminal.WaitForAsync("PS ");
        return terminal;
    }

    private Task RequestsAsync(int inFlight) =>
        _screen.Server.Requests.WaitForAsync(log => log.InFlight == inFlight).WaitAsync(TimeSpan.FromMinutes(1));
}
