
namespace IocEnrich.PowerShell.Tests.Views;

/// <summary>
/// What the module says of names and values that somebody else chose, such as those of files in an archive: in errors, warnings, verbose
/// lines and questions. What reaches the host of them is text, in its own line.
/// </summary>
public sealed class HostileMessageTests : IAsyncLifetime
{
    private const string Setting = """
        $Bad = "x`ec`e(0owned`a`u{9b}31m`r`nforged`u{202e}txt.`u{200b}`u{2028}`b`u{7f}";
        $Huge = $Bad + 'A' * 1000000;
        $Folder = [IO.Directory]::CreateTempSubdirectory('iocenrich-hostile-').FullName;
        """;

    private const string Ending = "[IO.Directory]::Delete($Folder, $true)";

    /// <summary>What is typed. Each says something of what is bad.</summary>
    private static readonly string[] Commands =
    [
        "Get-IocEnrichmentJob -Name $Huge",
        "Receive-IocEnrichmentResult -Name $Huge",
        "$other = 1 | ForEach-Object -Parallel { 1 } -AsJob; $other.Name = $Bad; $other | Receive-IocEnrichmentResult",
        "Get-IocEnrichmentOption -Name $Huge",
        "Set-IocEnrichmentOption -Reset $Huge",
        "Set-IocEnrichmentOption -CachePath $Bad -WhatIf",
        "Set-IocEnrichmentOption -CachePath $File -Verbose",
        "Set-IocEnrichmentOption -CachePath ('Variable:' + $Huge)",
        "Set-IocEnrichmentOption -Proxy $Bad",
        "Start-IocEnrichment a.example.com @To -Proxy $Bad",
        "Start-IocEnrichment @To -Path $Huge",
        "Start-IocEnrichment @To -LiteralPath $Bad",
        "[IO.FileInfo]::new($File) | Start-IocEnrichment @To",
        "Find-Ioc -LiteralPath $Huge",
        "$lock = [IO.File]::Open($File, 'Create', 'ReadWrite', 'None'); Find-Ioc -LiteralPath $File",
        "$lock = [IO.File]::Open($File, 'Create', 'ReadWrite', 'None'); Start-IocEnrichment @To -LiteralPath $File",
        "Start-IocEnrichment a.example.com @To -Name $Bad -Verbose",
        "Set-IocEnrichmentOption -MaximumJobCount 1; Start-IocEnrichment a.example.com @To -Name $Bad | Wait-Job; Start-IocEnrichment a.example.com @To",
        "Clear-IocEnrichmentCache $Huge",
        "Set-IocEnrichmentOption -CachePath $File; Clear-IocEnrichmentCache -WhatIf",
        "Set-IocEnrichmentOption -CachePath $File; Clear-IocEnrichmentCache -Verbose",
        "[IO.File]::WriteAllText($File, 'no database at all, and long enough to have the head of one, which has a hundred bytes, and a little more'); Set-IocEnrichmentOption -CachePath $File; Start-IocEnrichment a.example.com @To",
        "[IO.File]::WriteAllText($File, 'a file'); Set-IocEnrichmentOption -CachePath ([IO.Path]::Combine($File, 'below')); Start-IocEnrichment a.example.com @To",
        "[IO.File]::WriteAllText($File, 'a file'); Set-IocEnrichmentOption -CachePath ([IO.Path]::Combine($File, 'below')); Get-IocEnrichmentCache",
        "[IO.File]::WriteAllText($File, 'a file'); Set-IocEnrichmentOption -CachePath ([IO.Path]::Combine($File, 'below')); Get-IocEnrichmentQuota -Endpoint $To.Endpoint -ApiKey $To.ApiKey",
        "$row = [hashtable]::new(); $row[$Bad] = 1; $row | Start-IocEnrichment @To",
    ];

    /// <summary>Objects that hold it.</summary>
    private static readonly string[] Objects =
    [
        "Set-IocEnrichmentOption -CachePath $File -PassThru",
        "Set-IocEnrichmentOption -CachePath $File; Get-IocEnrichmentCache",
        "[IO.File]::WriteAllText($File, 'b.example.com'); Find-Ioc -LiteralPath $File",
        "[IO.File]::WriteAllText($File, 'b.example.com'); Find-Ioc -LiteralPath $File | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait",
        "$null = Start-IocEnrichment a.example.com @To -Name $Bad; Get-IocEnrichmentJob",
    ];

    private Screen _screen = null!;

    public async Task InitializeAsync() => _screen = await Screen.StartAsync();

    public async Task DisposeAsync() => await _screen.DisposeAsync();

    [UnixFact]
    public async Task What_the_module_says_of_it_is_text_in_its_own_line()
    {
        foreach (string view in (string[])["ConciseView", "NormalView"])
        {
            // One process for all of them; a mark between them tells which it was.
            string commands = string.Concat(Commands.Select(static (command, number) => $"[Console]::WriteLine('#next#'); [Console]::Error.WriteLine('#next#'); $File = [IO.Path]::Combine($Folder, '{number}' + $Bad); & {{ {command} }} | Out-Null; Set-IocEnrichmentOption -Reset *; Get-Job | Wait-Job | Remove-Job; "));
            PwshResult result = await _screen.RunAsync($"{Setting.ReplaceLineEndings(" ")} $ErrorView = '{view}'; {commands}{Ending}");

            string[] output = result.Output.ReplaceLineEndings("\n").Split("#next#");
            string[] errors = result.Error.ReplaceLineEndings("\n").Split("#next#");
            for (int number = 0; number < Commands.Length; number++)
            {
                string said = output[number + 1] + errors[number + 1];
                Screen.AssertHarmless(said);
                Assert.True(said.Contains(@"\u{", StringComparison.Ordinal) && said.Length < 20_000, $"{Commands[number]} said in {view}: {said}");
            }
        }
    }

    [UnixTheory]
    [InlineData("Format-Table")]
    [InlineData("Format-List")]
    [InlineData("Format-Wide")]
    public async Task What_is_shown_of_it_is_text_in_its_own_line(string view)
    {
        // One by one: the first object that a view gets decides how all are shown.
        string commands = string.Concat(Objects.Select((command, number) => $"'#next#'; $File = [IO.Path]::Combine($Folder, '{number}' + $Bad); & {{ {command} }} | {view}; Set-IocEnrichmentOption -Reset *; "));
        PwshResult result = await _screen.RunAsync($"{Setting.ReplaceLineEndings(" ")} {commands}{Ending}");

        Assert.Empty(result.Error);
        string[] shown = result.Output.ReplaceLineEndings("\n").Split("#next#");
        Assert.Equal(Objects.Length, shown.Length - 1);
        Assert.All(shown, Screen.AssertHarmless);
        Assert.All(shown[1..], static text => Assert.InRange(text.Length, 20, 2_000));
    }
}
