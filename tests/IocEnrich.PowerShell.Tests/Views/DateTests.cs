using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace IocEnrich.PowerShell.Tests.Views;

/// <summary>Dates are ISO 8601 wherever they become text, whatever the culture, and stay dates for everything else.</summary>
public sealed class DateTests : IAsyncLifetime
{
    private const string Result = "$r = 'd41d8cd98f00b204e9800998ecf8427e' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait; ";

    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("en-US")]
    public void A_csv_has_iso_dates_and_begins_with_the_indicator(string culture)
    {
        string[] lines = [.. _session.Run(
            $"$before = [cultureinfo]::CurrentCulture; [cultureinfo]::CurrentCulture = '{culture}'; try {{ {Result} $r | ConvertTo-Csv; \"$($r.FirstSeen.UtcDateTime.ToString('o', [cultureinfo]::InvariantCulture))\" }} finally {{ [cultureinfo]::CurrentCulture = $before }}")
            .Select(static line => line.ToString())];

        string[] names = lines[0].Split(',');
        string[] cells = lines[1].Split(',');
        Assert.StartsWith("\"Indicator\",\"Type\",", lines[0], StringComparison.Ordinal);
        string firstSeen = cells[Array.IndexOf(names, "\"FirstSeen\"")].Trim('"');
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", firstSeen);
        Assert.Equal(DateTimeOffset.Parse(lines[2], CultureInfo.InvariantCulture), DateTimeOffset.Parse(firstSeen, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("$r.FirstSeen -lt (Get-Date)", "True")]
    [InlineData("$r.FirstSeen -gt '2001-02-03'", "True")]
    [InlineData("($r | Where-Object FirstSeen -lt ([datetime] '2100-01-01')).Indicator", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("$r.FirstSeen.GetType().FullName", "System.DateTimeOffset")]
    [InlineData("([datetimeoffset]::UtcNow - $r.FirstSeen).GetType().Name", "TimeSpan")]
    [InlineData("$r.FirstSeen.AddDays(1).GetType().Name", "DateTimeOffset")]
    [InlineData("$r.FirstSeen.ToString('yyyy') -eq $r.FirstSeen.Year", "True")]
    [InlineData("$r.FirstSeen.ToString('yyyy', [cultureinfo] 'th-TH') -eq $r.FirstSeen.Year + 543", "True")]
    [InlineData("$r.FirstSeen.ToString()[10]", "T")]
    [InlineData("($r | ConvertTo-Json | ConvertFrom-Json).FirstSeen -is [datetime]", "True")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($r)).FirstSeen -eq $r.FirstSeen", "True")]
    public void A_date_stays_a_date(string expression, string expected) =>
        Assert.Equal(expected, _session.Run(Result + expression).Single().ToString());

    [Fact]
    public void No_date_of_what_the_cmdlets_write_is_left_out()
    {
        PSObject[] written = [.. _session.Run(Result + "$r; (Get-IocEnrichmentJob).Summary; Get-IocEnrichmentCache; Get-IocEnrichmentQuota -Endpoint $Endpoint -ApiKey $Key")];

        Assert.Equal(4, written.Length);
        Assert.All(written, static item => Assert.All(
            item.BaseObject.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static property => property.PropertyType == typeof(DateTimeOffset) || property.PropertyType == typeof(DateTimeOffset?)),
            property => Assert.Matches(@"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)?$", $"{item.Properties[property.Name].Value}")));
    }
}
