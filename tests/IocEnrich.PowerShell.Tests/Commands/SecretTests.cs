using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Reflection;
using System.Text;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>A key planted as a canary is looked for in everything a session can show or keep.</summary>
public sealed class SecretTests : IAsyncLifetime
{
    private const string Canary = "canary0f3b7c5d9e1a24680f3b7c5d9e1a24680f3b7c5d9e1a24680f3b7c5d";

    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("401")]
    [InlineData("403")]
    [InlineData("429@retry-after=7200")]
    [InlineData("400")]
    [InlineData("503")]
    [InlineData("reset")]
    [InlineData("html")]
    [InlineData("wrong-json")]
    [InlineData("redirect:http://127.0.0.1:9/")]
    [InlineData(null)]
    public void No_stream_error_job_or_result_shows_the_key(string? fault)
    {
        if (fault is not null)
        {
            _session.Server.Faults.Add(fault);
        }

        StringBuilder everything = new();
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        _session.Runspace.SessionStateProxy.SetVariable("Secret", new NetworkCredential("", Canary).SecurePassword);
        shell.AddScript("""
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            $job = 'a.example.com', 'b.example.com', 'CVE-2021-44228' |
                Start-IocEnrichment -ApiKey $Secret -Endpoint $Endpoint -RequestsPerMinute 0 -Name canary -Verbose -Debug -InformationAction Continue
            $job | Receive-IocEnrichmentResult -TimeoutSec 3 -Keep -Verbose -Debug
            $job | Receive-Job
            $job | Stop-Job
            $job
            $Error
            """);

        Show(everything, shell.Invoke());
        Show(everything, shell.Streams.Error);
        Show(everything, shell.Streams.Warning);
        Show(everything, shell.Streams.Verbose);
        Show(everything, shell.Streams.Debug);
        Show(everything, shell.Streams.Information);

        string shown = everything.ToString();
        Assert.Contains("a.example.com", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("canary0f3b", shown, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("canary0f3b with a space")]
    [InlineData("canary0f3b\nx-header: y")]
    public void A_key_that_cannot_be_one_is_refused_without_being_shown(string key)
    {
        _session.Runspace.SessionStateProxy.SetVariable("Secret", new NetworkCredential("", key).SecurePassword);

        ErrorRecord error = _session.Fail("'a.example.com' | Start-IocEnrichment -ApiKey $Secret -Endpoint $Endpoint");

        StringBuilder everything = new();
        Show(everything, new[] { error });
        Assert.DoesNotContain("canary0f3b", everything.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("$Secret")]
    [InlineData("([pscredential]::new('somebody', $Secret))")]
    public void A_key_can_be_what_a_vault_gives_or_the_password_of_a_credential(string key)
    {
        _session.Run($"'a.example.com' | Start-IocEnrichment -ApiKey {key} -Endpoint $Endpoint | Receive-IocEnrichmentResult -Wait", ("Secret", new NetworkCredential("", Canary).SecurePassword));

        Assert.Empty(_session.Errors);
        Assert.Equal(Canary, _session.Server.Requests.LastHeaders("a.example.com")?.ApiKey);
    }

    [Theory]
    [InlineData("$Plain")]
    [InlineData("([pscustomobject]@{ Key = $Plain })")]
    [InlineData("@($Plain)")]
    public void A_key_in_plain_text_is_refused_with_what_to_do_and_without_being_shown(string key)
    {
        _session.Run("", ("Plain", Canary));
        StringBuilder everything = new();

        foreach (string cmdlet in (string[])["Start-IocEnrichment a.example.com", "Set-IocEnrichmentOption"])
        {
            ErrorRecord error = _session.Fail($"{cmdlet} -ApiKey {key}");
            Assert.Contains("Get-Secret", error.Exception.Message, StringComparison.Ordinal);
            Show(everything, new[] { error });
        }

        Assert.DoesNotContain("canary0f3b", everything.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_is_set_for_the_session_is_shown_nowhere()
    {
        StringBuilder everything = new();
        Collection<PSObject> shown = _session.Run(
            """
            $options = @(
                Set-IocEnrichmentOption -ApiKey $Secret -Proxy http://proxy.example.com:8080 -ProxyCredential ([pscredential]::new('somebody', $Secret)) -PassThru -Verbose 4>&1
                Get-IocEnrichmentOption)
            $options
            [System.Management.Automation.PSSerializer]::Serialize($options, 4)
            """,
            ("Secret", new NetworkCredential("", Canary).SecurePassword));

        Show(everything, shown);
        Assert.Contains("somebody", everything.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary0f3b", everything.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Start-IocEnrichment a.example.com @To -Proxy socks5://somebody:{0}@proxy.example.com:1080")]
    [InlineData("Start-IocEnrichment a.example.com @To -Proxy http://somebody:{0}@proxy.example.com:8080")]
    [InlineData("Start-IocEnrichment a.example.com @To -Proxy somebody:{0}@proxy.example.com:8080")]
    [InlineData("Set-IocEnrichmentOption -Proxy ftp://somebody:{0}@proxy.example.com")]
    [InlineData("Set-IocEnrichmentOption -Endpoint https://somebody:{0}@www.virustotal.com/api/v3")]
    [InlineData("Get-IocEnrichmentQuota -ApiKey $Key -Endpoint https://somebody:{0}@www.virustotal.com/api/v3")]
    public void An_address_with_a_password_in_it_is_refused_without_showing_it(string command)
    {
        // As a variable: what was typed is shown by PowerShell itself.
        string address = command.Split(' ').Single(static word => word.Contains("{0}", StringComparison.Ordinal));
        _session.Run("", ("Address", string.Format(CultureInfo.InvariantCulture, address, Canary)));
        StringBuilder everything = new();

        Show(everything, new[] { _session.Fail(command.Replace(address, "$Address", StringComparison.Ordinal)) });

        Assert.Contains("NotAllowed", everything.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary0f3b", everything.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static void Show(StringBuilder everything, IEnumerable items)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach (object item in items)
        {
            Show(everything, item, seen, depth: 0);
        }
    }

    // Every public property of our own and of PowerShell's objects, and of what lies in them; and the text of everything.
    private static void Show(StringBuilder everything, object? item, HashSet<object> seen, int depth)
    {
        object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
        if (value is null || depth > 4 || !seen.Add(value))
        {
            return;
        }

        everything.AppendLine(value.ToString());
        if (value is string || value.GetType().IsPrimitive || value.GetType().IsEnum)
        {
            return;
        }

        if (value is IEnumerable list)
        {
            foreach (object? entry in list)
            {
                Show(everything, entry, seen, depth + 1);
            }
        }

        string space = value.GetType().Namespace ?? "";
        if (!space.StartsWith("IocEnrich", StringComparison.Ordinal) && !space.StartsWith("System.Management.Automation", StringComparison.Ordinal) && value is not Exception)
        {
            return;
        }

        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.GetIndexParameters().Length == 0))
        {
            object? inner;
            try
            {
                inner = property.GetValue(value);
            }
            catch (TargetInvocationException)
            {
                // A property that cannot be read shows nothing.
                continue;
            }

            Show(everything, inner, seen, depth + 1);
        }
    }
}
