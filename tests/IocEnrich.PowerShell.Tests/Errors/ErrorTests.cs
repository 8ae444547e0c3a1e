using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Errors;

/// <summary>Makes every error happen that can be made to happen, and looks at what a script would see of it.</summary>
public sealed class ErrorTests : IAsyncLifetime, IDisposable
{
    private const string Look = "'a.example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait";

    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The id, the fault of the service, the script, and what the script must give for the target.</summary>
    public static TheoryData<string, string?, string, string> Provoked => new()
    {
        { "InputNotUnderstood", null, "[pscustomobject]@{ Colour = 'red' } | Start-IocEnrichment @To", "$e.TargetObject.Colour -eq 'red'" },
        { "InputNotUnderstood", null, "[IO.FileInfo]::new('a.txt') | Start-IocEnrichment @To", "$e.TargetObject -is [IO.FileInfo]" },
        { "InputNotText", null, "[pscustomobject]@{ Size = 7 } | Find-Ioc", "$e.TargetObject.Size -eq 7" },
        { "FileNotFound", null, "Start-IocEnrichment -Path /no/such/file @To", "$e.TargetObject -eq '/no/such/file'" },
        { "FileNotFound", null, "Find-Ioc -LiteralPath /no/such/file", "$e.TargetObject -eq '/no/such/file'" },
        { "FileUnreadable", null, "Find-Ioc -LiteralPath $Locked", "$e.TargetObject -eq $Locked" },
        { "FileUnreadable", null, "Start-IocEnrichment -LiteralPath $Locked @To", "$e.TargetObject -eq $Locked" },
        { "JobNotFound", null, "Get-IocEnrichmentJob missing", "$e.TargetObject -eq 'missing'" },
        { "JobNotFound", null, "Receive-IocEnrichmentResult -Id 424242", "$e.TargetObject -eq 424242" },
        { "NotAnEnrichmentJob", null, "$other = 1 | ForEach-Object -Parallel { 1 } -AsJob; $other | Receive-IocEnrichmentResult", "$e.TargetObject -eq $other" },
        { "TooManyJobs", "stall", "1..101 | ForEach-Object { Start-IocEnrichment a.example.com @To }", "$e.TargetObject -eq 100" },
        { "JobEndedEarly", "401", "$job = 1..10 | ForEach-Object { \"host$_.example.com\" } | Start-IocEnrichment @To; $job | Receive-IocEnrichmentResult -Wait", "$e.TargetObject -eq $job" },
        { "ParametersContradict", null, "Get-IocEnrichmentJob | Receive-IocEnrichmentResult -AutoRemoveJob", "$e.TargetObject -eq '-AutoRemoveJob'" },
        { "ParametersContradict", null, "Start-IocEnrichment a.com @To -ProxyUseDefaultCredentials", "$e.TargetObject -eq '-Proxy'" },
        { "ParametersContradict", null, "Start-IocEnrichment a.com @To -Proxy http://127.0.0.1:9 -ProxyUseDefaultCredentials -ProxyCredential ([pscredential]::new('u', $Key))", "$e.TargetObject -eq '-ProxyUseDefaultCredentials'" },
        { "EndpointNotAllowed", null, "Start-IocEnrichment a.com -ApiKey $Key -Endpoint http://www.virustotal.com/api/v3", "$e.TargetObject -eq 'http://www.virustotal.com/api/v3'" },
        { "ProxyNotAllowed", null, "Start-IocEnrichment a.com @To -Proxy ftp://proxy.example.com", "$e.TargetObject -eq 'ftp://proxy.example.com'" },
        { "ApiKeyUnusable", null, "Set-IocEnrichmentOption -ApiKey ([System.Net.NetworkCredential]::new('', 'two words').SecurePassword)", "$e.TargetObject -eq 'ApiKey'" },
        { "CachePathNotAllowed", null, "Set-IocEnrichmentOption -CachePath Variable:store", "$e.TargetObject -eq 'Variable:store'" },
        { "QuotaNotTold", "503", "Get-IocEnrichmentQuota -ApiKey $Key -Endpoint $Endpoint", "$e.TargetObject.LocalDay.Used -eq 0" },
        { "OptionNotFound", null, "Get-IocEnrichmentOption missing", "$e.TargetObject -eq 'missing'" },
        { "ApiKeyUnusable", null, "Start-IocEnrichment a.com -ApiKey ([System.Net.NetworkCredential]::new('', 'two words').SecurePassword) -Endpoint $Endpoint", "$e.TargetObject -eq $Endpoint" },
        { "Network", "reset", Look, "$e.TargetObject -eq $output[0]" },
        { "Tls", null, "'a.example.com' | Start-IocEnrichment -ApiKey $Key -Endpoint ([uri]\"https://127.0.0.1:$($Endpoint.Port)/\") | Receive-IocEnrichmentResult -Wait", "$e.TargetObject -eq $output[0]" },
        { "Timeout", "stall", "'a.example.com' | Start-IocEnrichment @To -TimeoutSec 1 | Receive-IocEnrichmentResult -Wait", "$e.TargetObject -eq $output[0]" },
        { "ServiceFault", "503", Look, "$e.TargetObject -eq $output[0]" },
        { "UnreadableAnswer", "html", Look, "$e.TargetObject -eq $output[0]" },
        { "Rejected", "400", Look, "$e.TargetObject -eq $output[0]" },
        { "KeyRefused", "401", Look, "$e.TargetObject -eq $output[0]" },
        { "ProxyRefused", "407", Look, "$e.TargetObject -eq $output[0]" },
        { "QuotaExceeded", "429@retry-after=7200", Look, "$e.TargetObject -eq $output[0]" },
        { "Stopped", "stall", "$job = 'a.example.com' | Start-IocEnrichment @To; while (-not $job.Summary.Requests) { }; $job | Stop-Job; $job | Receive-IocEnrichmentResult", "$e.TargetObject -eq $output[0]" },
    };

    /// <summary>
    /// What is not made to happen here: no key at all is a test of its own; whether a name cannot be resolved is for each machine's
    /// network to say; a store that cannot be used is among the tests of the store; that the service is down is found
    /// out by several, and told by the job (JobEndedEarly); and a fault in this module is mended, not kept for a test.
    /// </summary>
    private static readonly string[] NotProvoked = ["ApiKeyMissing", "NameResolution", "StoreUnusable", "ServiceDown", "Internal"];

    [Theory]
    [MemberData(nameof(Provoked))]
    public void An_error_tells_what_happened_to_what_and_what_to_do(string id, string? fault, string script, string target)
    {
        DeclaredError declared = DeclaredError.ReadAll(_session)[id];
        if (fault is not null)
        {
            _session.Server.Faults.Add(fault);
        }

        string locked = Path.Combine(_folder, "locked.txt");
        using FileStream hold = new(locked, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        PSObject seen = _session.Run(
            $$"""
            $found = $null
            $ended = $false
            try { $output = @({{script}}) } catch { $found = $_; $ended = $true }
            $e = $found ?? ($Error | Where-Object { $_.FullyQualifiedErrorId -like '{{id}},*' })[0]
            Get-IocEnrichmentJob | Stop-Job
            [pscustomobject]@{ Error = $e; Ended = $ended; TargetIsRight = {{target}} }
            """,
            ("Locked", locked)).Single();

        ErrorRecord error = Assert.IsType<ErrorRecord>(seen.Properties["Error"].Value is PSObject wrapped ? wrapped.BaseObject : seen.Properties["Error"].Value);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(declared.EndsCommand, seen.Properties["Ended"].Value);
        Assert.True((bool)seen.Properties["TargetIsRight"].Value, $"The target of {id} is {error.TargetObject}.");
        Assert.Equal(error.Exception.Message, error.ErrorDetails.Message);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
        if (declared.Action != DeclaredError.OfTheReason)
        {
            Assert.Equal(declared.Action, error.ErrorDetails.RecommendedAction);
            Assert.Equal(declared.Category, error.CategoryInfo.Category.ToString());
        }
        else
        {
            DeclaredError reason = DeclaredError.ReadAll(_session)["KeyRefused"];
            Assert.Equal(reason.Action, error.ErrorDetails.RecommendedAction);
            Assert.Equal(reason.Category, error.CategoryInfo.Category.ToString());
        }
    }

    [Fact]
    public void Every_error_of_the_module_is_made_to_happen_here_or_is_named_as_an_exception()
    {
        IEnumerable<string> provoked = Provoked.Select(static row => (string)row[0]).Concat(NotProvoked).Distinct();

        Assert.Equal(DeclaredError.ReadAll(_session).Keys.Order(StringComparer.Ordinal), provoked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_there_is_no_key_the_error_says_where_it_was_looked_for_and_how_to_give_one()
    {
        PwshResult result = await PwshProcess.RunAsync(
            "try { Start-IocEnrichment a.example.com } catch { $_.FullyQualifiedErrorId, $_.CategoryInfo.Category, $_.TargetObject.Host, $_.ErrorDetails.Message, $_.ErrorDetails.RecommendedAction }",
            ("VT_API_KEY", ""),
            ("VTCLI_APIKEY", ""),
            ("HOME", _folder),
            ("USERPROFILE", _folder));

        string[] lines = result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["ApiKeyMissing,IocEnrich.PowerShell.Commands.StartIocEnrichmentCommand", "AuthenticationError", "www.virustotal.com"], lines[..3]);
        Assert.Contains("VTCLI_APIKEY", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("Set $env:VT_API_KEY", lines[4], StringComparison.Ordinal);
    }
}
