namespace IocEnrich.PowerShell.Tests.Views;

/// <summary>Who sees colours. The shell takes them out of what it redirects by itself, and pwsh does not: so this is asked directly.</summary>
public sealed class ViewColourTests : IAsyncLifetime
{
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("PlainText", "`e[91m", false)]
    [InlineData("Ansi", "`e[91m", true)]
    [InlineData("Ansi", "", false)]
    [InlineData("Host", "`e[91m", null)]
    public void A_colour_is_written_where_somebody_sees_it(string rendering, string colour, bool? isColoured)
    {
        // A style of its own: the session's is the whole process's. Where the choice is the host's, it is a matter of this process's output.
        object? shown = _session.Run(
            $"[IocEnrich.PowerShell.Views.ViewColour]::Paint('text', \"{colour}\", [pscustomobject]@{{ OutputRendering = '{rendering}'; Reset = \"`e[0m\" }})").Single().BaseObject;

        Assert.Equal(isColoured ?? !Console.IsOutputRedirected ? "\u001b[91mtext\u001b[0m" : "text", shown);
    }

    [Fact]
    public async Task NO_COLOR_counts_also_where_it_is_set_in_the_session()
    {
        PwshResult result = await PwshProcess.RunAsync(
            "Import-Module IocEnrich; $PSStyle.OutputRendering = 'Ansi'; $env:NO_COLOR = ''; [IocEnrich.PowerShell.Views.ViewColour]::Paint('text', \"`e[91m\", $PSStyle); "
            + "$env:NO_COLOR = '1'; [IocEnrich.PowerShell.Views.ViewColour]::Paint('text', \"`e[91m\", $PSStyle)");

        Assert.Equal(["\u001b[91mtext\u001b[0m", "text"], Screen.Lines(result.Output));
    }
}
