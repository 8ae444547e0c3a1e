using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using IocEnrich.Engine.Tests.VirusTotal;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Commands;

public sealed class OptionTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_option_can_be_set_has_a_description_and_says_what_counts()
    {
        Collection<PSObject> options = _session.Run("Get-IocEnrichmentOption");
        IEnumerable<string> settable = _session.Run("(Get-Command Set-IocEnrichmentOption).Parameters.Keys")
            .Select(static name => name.ToString())
            .Except([.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters, "Reset", "PassThru"]);

        Assert.Equal(settable.Order(StringComparer.Ordinal), ModuleSession.Lines(options, "Name"));
        Assert.All(options, static option => Assert.EndsWith(".", (string)option.Properties["Description"].Value));
        Assert.Equal("https://www.virustotal.com/api/v3 4 500 30 3 1 100", string.Join(' ', Values("Endpoint", "ThrottleLimit", "RequestsPerDay", "TimeoutSec", "MaliciousThreshold", "SuspiciousThreshold", "MaximumJobCount")));
    }

    [Fact]
    public void An_option_goes_before_the_default_and_a_parameter_before_the_option()
    {
        _session.Run("Set-IocEnrichmentOption -Endpoint $Endpoint -ApiKey ([System.Net.NetworkCredential]::new('', 'key-of-the-session').SecurePassword) -RequestsPerMinute 0");

        _session.Run("'a.example.com' | Start-IocEnrichment | Receive-IocEnrichmentResult -Wait");
        _session.Run("'b.example.com' | Start-IocEnrichment -ApiKey ([System.Net.NetworkCredential]::new('', 'key-of-the-call').SecurePassword) | Receive-IocEnrichmentResult -Wait");
        _session.Run("'c.example.com' | Start-IocEnrichment -Endpoint http://127.0.0.1:9/ -TimeoutSec 1 | Receive-IocEnrichmentResult -TimeoutSec 2");

        Assert.Equal("key-of-the-session", _session.Server.Requests.LastHeaders("a.example.com")?.ApiKey);
        Assert.Equal("key-of-the-call", _session.Server.Requests.LastHeaders("b.example.com")?.ApiKey);
        Assert.Equal(0, _session.Server.Requests.Count("c.example.com"));
    }

    [Fact]
    public void The_numbers_reach_the_job()
    {
        _session.Server.Faults.Add("stall@stalls.example.com");
        _session.Run("Set-IocEnrichmentOption -Endpoint $Endpoint -ApiKey $Key -ThrottleLimit 7 -TimeoutSec 1 -RequestsPerMinute 0 -RequestsPerDay 3");

        string verbose = string.Join(' ', _session.Run("'CVE-2021-44228' | Start-IocEnrichment -Verbose 4>&1"));
        _session.Run("'stalls.example.com' | Start-IocEnrichment | Receive-IocEnrichmentResult -Wait");
        string timeout = _session.Errors[0].Exception.Message;
        _session.Run("Set-IocEnrichmentOption -TimeoutSec 600; 'a.example.com', 'b.example.com' | Start-IocEnrichment -ThrottleLimit 1 | Receive-IocEnrichmentResult -Wait");

        Assert.Contains("7 at once", verbose, StringComparison.Ordinal);
        Assert.Contains("within 1 s", timeout, StringComparison.Ordinal);
        Assert.Contains("daily quota of 3 requests", _session.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_thresholds_decide_on_the_verdict()
    {
        _session.Server.Answers.Set("two.example.com", EmulatedVerdict.Detected(2, 0));
        _session.Server.Answers.Set("one.example.com", EmulatedVerdict.Detected(0, 1));
        const string Look = "'two.example.com', 'one.example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait";

        string[] byDefault = ModuleSession.Lines(_session.Run(Look), "Indicator", "Verdict");
        _session.Run("Set-IocEnrichmentOption -MaliciousThreshold 2 -SuspiciousThreshold 2");
        string[] bySession = ModuleSession.Lines(_session.Run(Look), "Indicator", "Verdict");

        Assert.Equal(["one.example.com Suspicious", "two.example.com Suspicious"], byDefault);
        Assert.Equal(["one.example.com Harmless", "two.example.com Malicious"], bySession);
    }

    [Fact]
    public void The_bound_of_jobs_holds_from_the_next_start_and_running_jobs_stay()
    {
        _session.Server.Faults.Add("stall@stalls.example.com");
        _session.Run("""
            $running = 'stalls.example.com' | Start-IocEnrichment @To -Name running
            1..3 | ForEach-Object { 'CVE-2021-44228' | Start-IocEnrichment @To -Name "done$_" | Wait-Job | Out-Null }
            Set-IocEnrichmentOption -MaximumJobCount 2
            """);
        string[] before = ModuleSession.Lines(_session.Run("Get-IocEnrichmentJob"), "Name");

        _session.Run("'CVE-2021-44228' | Start-IocEnrichment @To -Name last");

        Assert.Equal(["done1", "done2", "done3", "running"], before);
        Assert.Equal(3, _session.Warnings.Count);
        Assert.Equal(["last", "running"], ModuleSession.Lines(_session.Run("Get-IocEnrichmentJob"), "Name"));
        _session.Run("$running | Stop-Job");
    }

    [Fact]
    public void What_is_known_is_kept_where_the_session_says_for_as_long_as_it_says()
    {
        _session.Server.Answers.Set("never.example.com", EmulatedVerdict.NotFound);
        const string Look = "'a.example.com', 'never.example.com' | Start-IocEnrichment -Endpoint $Endpoint -ApiKey $Key -RequestsPerMinute 0 {0} | Receive-IocEnrichmentResult -Wait";
        string file = Path.Combine(_folder, "answers.db");

        _session.Run(
            """
            $place = $ExecutionContext.SessionState.Path
            $null = $place.SetLocation($Folder)
            Set-IocEnrichmentOption -CachePath ./answers.db
            $null = $place.SetLocation('/')
            """,
            ("Folder", _folder));
        _session.Run(string.Format(null, Look, ""));
        Assert.Empty(_session.Warnings);
        string[] known = ModuleSession.Lines(_session.Run(string.Format(null, Look, "")), "Indicator", "FromCache");
        string cache = _session.Run("(Get-IocEnrichmentCache).Path").Single().ToString();
        _session.Run("Set-IocEnrichmentOption -NotFoundMaxAge 0");
        string[] shorter = ModuleSession.Lines(_session.Run(string.Format(null, Look, "")), "Indicator", "FromCache");
        _session.Run("Set-IocEnrichmentOption -NotFoundMaxAge 1.00:00:00 -MaxAge 1.00:00:00");
        string[] anew = ModuleSession.Lines(_session.Run(string.Format(null, Look, "-MaxAge 0")), "Indicator", "FromCache");
        _session.Run("Set-IocEnrichmentOption -NoCache");
        string[] without = ModuleSession.Lines(_session.Run(string.Format(null, Look, "")), "Indicator", "FromCache");
        string[] with = ModuleSession.Lines(_session.Run(string.Format(null, Look, "-NoCache:$false")), "Indicator", "FromCache");

        Assert.Equal(["a.example.com True", "never.example.com True"], known);
        Assert.Equal(file, cache);
        Assert.Equal(["a.example.com True", "never.example.com False"], shorter);
        Assert.Equal(["a.example.com False", "never.example.com False"], anew);
        Assert.Equal(["a.example.com False", "never.example.com False"], without);
        Assert.Equal(["a.example.com True", "never.example.com True"], with);
    }

    [Fact]
    public void The_environment_says_where_the_store_is_until_the_session_does()
    {
        string[] outside = ModuleSession.Lines(_session.Run("Get-IocEnrichmentOption CachePath"), "Source", "Origin", "Value");
        _session.Run("Set-IocEnrichmentOption -CachePath $Folder", ("Folder", _folder));
        string[] inside = ModuleSession.Lines(_session.Run("Get-IocEnrichmentOption CachePath"), "Source", "Value");

        Assert.Equal([$"Environment $env:IOCENRICH_CACHE {Environment.GetEnvironmentVariable("IOCENRICH_CACHE")}"], outside);
        Assert.Equal([$"Session {_folder}"], inside);
    }

    [Fact]
    public void What_is_set_is_said_to_be_the_sessions_until_it_is_reset()
    {
        string[] set = ModuleSession.Lines(_session.Run("Set-IocEnrichmentOption -ThrottleLimit 8 -TimeoutSec 5 -PassThru"), "Name", "Value", "Source", "DefaultValue");
        string[] reset = ModuleSession.Lines(_session.Run("Set-IocEnrichmentOption -Reset Throttle*, MaximumJobCount -PassThru"), "Name", "Value", "Source");
        string[] both = ModuleSession.Lines(_session.Run("Set-IocEnrichmentOption -Reset * -MaximumJobCount 9; Get-IocEnrichmentOption | Where-Object Source -eq Session"), "Name", "Value");

        Assert.Equal(["ThrottleLimit 8 Session 4", "TimeoutSec 5 Session 30"], set);
        Assert.Equal(["ThrottleLimit 4 Default"], reset);
        Assert.Equal(["MaximumJobCount 9"], both);
    }

    [Fact]
    public void WhatIf_says_what_would_be_set_and_sets_nothing()
    {
        Assert.Empty(_session.Run("Set-IocEnrichmentOption -ThrottleLimit 8 -PassThru -WhatIf"));
        Assert.Equal(["4"], Values("ThrottleLimit"));
    }

    [Theory]
    [InlineData("-Endpoint http://www.virustotal.com/api/v3", "EndpointNotAllowed")]
    [InlineData("-Endpoint nowhere", "EndpointNotAllowed")]
    [InlineData("-Proxy ftp://proxy.example.com", "ProxyNotAllowed")]
    [InlineData("-Proxy http://somebody:word@proxy.example.com", "ProxyNotAllowed")]
    [InlineData("-ProxyUseDefaultCredentials", "ParametersContradict")]
    [InlineData("-ProxyCredential ([pscredential]::new('u', $Key))", "ParametersContradict")]
    [InlineData("-ApiKey ([System.Net.NetworkCredential]::new('', 'two words').SecurePassword)", "ApiKeyUnusable")]
    [InlineData("-ApiKey 'plain'", "ParameterArgumentTransformationError")]
    [InlineData("-TimeoutSec 0", "ParameterArgumentValidationError")]
    [InlineData("-RequestsPerMinute -1", "ParameterArgumentValidationError")]
    [InlineData("-MaxAge -1", "ParameterArgumentValidationError")]
    [InlineData("-CachePath Variable:store", "CachePathNotAllowed")]
    [InlineData("-SuspiciousThreshold 0", "ParameterArgumentValidationError")]
    [InlineData("-MaximumJobCount 0", "ParameterArgumentValidationError")]
    public void A_value_that_cannot_be_used_is_refused_at_once_and_nothing_is_set(string parameters, string id)
    {
        ErrorRecord error = _session.Fail($"Set-IocEnrichmentOption {parameters} -ThrottleLimit 8");

        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Matches("[.?]$", error.Exception.Message);
        Assert.Equal(["4"], Values("ThrottleLimit"));
    }

    [Fact]
    public void Another_runspace_has_options_of_its_own()
    {
        using System.Management.Automation.Runspaces.Runspace other = _session.Another().Runspace;
        _session.Run("Set-IocEnrichmentOption -ThrottleLimit 8");

        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(other);
        PSObject option = shell.AddScript("Get-IocEnrichmentOption ThrottleLimit").Invoke().Single();

        Assert.Equal("Default", option.Properties["Source"].Value.ToString());
    }

    [Fact]
    public async Task Who_asks_at_the_sessions_proxy_is_told_to_no_other_proxy()
    {
        NetworkCredential credential = new("someone", "word");
        await using TestProxy own = new(credential);
        await using TestProxy other = new(credential);
        _session.Run(
            "Set-IocEnrichmentOption -Proxy $Own -ProxyCredential ([pscredential]::new('someone', $Word))", ("Own", own.Address), ("Word", credential.SecurePassword));

        string[] bySession = ModuleSession.Lines(_session.Run("'a.example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait"), "Status");
        _session.Run("'b.example.com' | Start-IocEnrichment @To -Proxy $Other | Receive-IocEnrichmentResult -Wait", ("Other", other.Address));
        string refusal = _session.Errors[0].FullyQualifiedErrorId;
        _session.Run("Set-IocEnrichmentOption -Proxy $Other; 'c.example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait");

        Assert.Equal(["Found"], bySession);
        Assert.Single(own.Carried);
        Assert.StartsWith("ProxyRefused,", refusal, StringComparison.Ordinal);
        Assert.StartsWith("ProxyRefused,", _session.Errors[0].FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal([""], Values("ProxyCredential"));
    }

    [Fact]
    public void A_proxy_for_the_way_out_is_not_asked_for_what_is_on_this_machine()
    {
        _session.Run("Set-IocEnrichmentOption -Proxy http://proxy.example.com:8080");

        Assert.Equal(["Found"], ModuleSession.Lines(_session.Run("'a.example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait"), "Status"));
    }

    [Fact]
    public async Task The_key_comes_from_the_session_before_the_environment_and_from_there_before_the_file_and_nothing_shows_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ".vt.toml"), "apikey=\"canary-of-the-file\"\n");
        PwshResult result = await PwshProcess.RunAsync(
            """
                function Show { $o = Get-IocEnrichmentOption ApiKey; '{0} {1} {2}' -f $o.Value, $o.Source, $o.Origin; $o; [System.Management.Automation.PSSerializer]::Serialize($o) }
                Show
                $env:VTCLI_APIKEY = 'canary-of-the-client'
                Show
                $env:VT_API_KEY = 'canary-of-the-environment'
                Show
                Set-IocEnrichmentOption -ApiKey ([System.Net.NetworkCredential]::new('', 'canary-of-the-session').SecurePassword)
                Show
                Set-IocEnrichmentOption -Reset ApiKey -Verbose
                Show
                """,
            ("VT_API_KEY", ""),
            ("VTCLI_APIKEY", ""),
            ("HOME", _folder),
            ("USERPROFILE", _folder));

        string[] said = [.. result.Output.Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith("(set) ", StringComparison.Ordinal))];
        Assert.Equal(
            [
                $"(set) File {Path.Combine(_folder, ".vt.toml")}", "(set) Environment $env:VTCLI_APIKEY", "(set) Environment $env:VT_API_KEY", "(set) Session",
                "(set) Environment $env:VT_API_KEY",
            ],
            said);
        Assert.DoesNotContain("canary", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [UnixFact]
    public async Task A_pipe_in_place_of_the_key_file_is_no_key_and_hangs_nothing()
    {
        using (System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", Path.Combine(_folder, ".vt.toml")))
        {
            await make.WaitForExitAsync();
        }

        PwshResult result = await PwshProcess.RunAsync(
            "try { Start-IocEnrichment a.example.com -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }; Get-IocEnrichmentOption ApiKey | ForEach-Object Source",
            ("VT_API_KEY", ""),
            ("VTCLI_APIKEY", ""),
            ("HOME", _folder));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("ApiKey", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("'{0}'")]
    [InlineData(" \"{0}\" ")]
    public async Task A_key_in_quotation_marks_in_the_environment_is_the_key_between_them(string written)
    {
        await using EmulatorServer server = await TestServer.StartAsync(new EmulatorOptions { ApiKeys = ["a-key-in-the-environment"] });

        PwshResult result = await PwshProcess.RunAsync(
            $"'a.example.com' | Start-IocEnrichment -Endpoint {server.Endpoint} -NoCache | Receive-IocEnrichmentResult -Wait | ForEach-Object Status",
            ("VT_API_KEY", string.Format(CultureInfo.InvariantCulture, written, "a-key-in-the-environment")));

        Assert.Equal(("Found", ""), (result.Output.Trim(), result.Error));
    }

    [Fact]
    public async Task Neither_the_import_nor_a_number_that_is_set_in_a_profile_loads_the_engine()
    {
        PwshResult result = await PwshProcess.RunAsync(
            """
            function Engine { @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'IocEnrich.Engine' }).Count }
            Import-Module IocEnrich
            Engine
            Set-IocEnrichmentOption -ThrottleLimit 8 -MaliciousThreshold 5 -MaximumJobCount 20
            Engine
            Get-IocEnrichmentOption Endpoint | Out-Null
            Engine
            """);

        Assert.Equal(["0", "0", "1"], result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private string[] Values(params string[] names) =>
        [.. names.Select(name => _session.Run($"(Get-IocEnrichmentOption {name}).Value").SingleOrDefault()?.ToString() ?? "")];
}
