namespace IocEnrich.PowerShell.Tests.Views;

/// <summary>Tables on narrow and wide terminals: a header is one line, and each word of it is whole.</summary>
public sealed class TableWidthTests : IAsyncLifetime
{
    private static readonly string[] Labels =
    [
        "Indicator", "Type", "Verdict", "Engines", "About", "Line", "Column", "Where or text", "Name", "Value", "Source", "Id", "State", "Done",
        "Malicious", "Failed", "Waiting", "Entries", "Size", "Hits", "Oldest", "Path", "Service", "Hour", "Day", "Month", "Here today",
    ];

    private Screen _screen = null!;

    public async Task InitializeAsync() => _screen = await Screen.StartAsync();

    public async Task DisposeAsync() => await _screen.DisposeAsync();

    [Fact]
    public async Task Every_header_is_one_line_of_whole_words_at_60_80_100_and_120_columns()
    {
        string[] objects =
        [
            "$r", "('see evil[.]example.com' | Find-Ioc)", "('see evil[.]example.com' | Find-Ioc).Indicator", "$j", "(Get-IocEnrichmentCache)",
            "(Get-IocEnrichmentOption)", "(Get-IocEnrichmentQuota -Endpoint $To.Endpoint -ApiKey $To.ApiKey)",
        ];
        string script = "$j = 'a.example.com' | Start-IocEnrichment @To -Name x; $r = $j | Receive-IocEnrichmentResult -Wait; foreach ($width in 60, 80, 100, 120) { "
            + string.Join("; ", objects.Select(static item => $"'==='; {item} | Format-Table | Out-String -Width $width")) + " }";

        PwshResult result = await _screen.RunAsync(script);

        Assert.Empty(result.Error);
        string[] tables = result.Output.ReplaceLineEndings("\n").Split("===\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(objects.Length * 4, tables.Length);
        foreach (string table in tables)
        {
            string[] lines = Screen.Lines(table);
            Assert.True(lines[1].StartsWith('-') || lines[1].TrimStart().StartsWith('-'), table);
            string rest = Labels.OrderByDescending(static label => label.Length).Aggregate(lines[0], static (header, label) => header.Replace(label, "", StringComparison.Ordinal));
            Assert.True(string.IsNullOrWhiteSpace(rest), table);
        }
    }
}
