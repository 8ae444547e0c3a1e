using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;

namespace IocEnrich.PowerShell.Tests.Examples;

/// <summary>The other scripts of docs/examples.</summary>
public sealed class ExampleTests : IAsyncLifetime
{
    private const string Eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private ExampleSession _examples = null!;

    public async Task InitializeAsync() => _examples = await ExampleSession.StartAsync();

    public async Task DisposeAsync() => await _examples.DisposeAsync();

    [Fact]
    public void Every_script_there_is_has_its_tests()
    {
        IEnumerable<string?> scripts = Directory.GetFiles(ExampleSession.ExamplesFolder, "*.ps1").Select(Path.GetFileName).Order(StringComparer.Ordinal);

        // The quick start is run by the tests of the shell.
        Assert.Equal(["connections.ps1", "folder.ps1", "quickstart.ps1", "report.ps1", "scheduled.ps1", "triage.ps1"], scripts);
    }

    [Fact]
    public void Triage_gives_every_row_back_with_the_worst_that_was_found_in_it()
    {
        _examples.Server.Faults.Add("503@iana.org");
        _examples.Write("alerts.csv", """"
            "Alert Id","Message (raw)","Src","Verdict"
            "1","Beacon to hxxps://example[.]com/, ""blocked""","10.0.0.9","open"
            "2","44d88612fea8a8f36de82e1278abb02f from 8.8.8.8","","open"
            "3","nothing to see","","closed"
            "4","EXAMPLE[.]COM/ and iana[.]org","","open"
            "5","8.8.8.8 again","","open"
            """");

        Collection<PSObject> rows = _examples.Run("& $Examples/triage.ps1 $Folder/alerts.csv -ErrorAction SilentlyContinue");

        Assert.Equal(
            ["1 open Harmless hxxps://example[.]com/", "2 open Malicious 44d88612fea8a8f36de82e1278abb02f", "3 closed  ", "4 open Failed iana[.]org", "5 open Harmless 8[.]8[.]8[.]8"],
            ModuleSession.Lines(rows, "Alert Id", "Verdict", "VtVerdict", "VtIndicator"));
        Assert.Equal("Beacon to hxxps://example[.]com/, \"blocked\"", rows[0].Properties["Message (raw)"].Value);
        Assert.Equal(1, _examples.Server.Requests.Counts()["8.8.8.8"]);
    }

    [Fact]
    public void Triage_of_what_was_triaged_looks_only_in_the_columns_that_were_there_before()
    {
        _examples.Write("alerts.csv", "Url,Src\nhttps://example.com/,93.184.216.34\n");

        _examples.Run("& $Examples/triage.ps1 $Folder/alerts.csv *rl | Export-Csv -LiteralPath $Folder/triaged.csv");
        Collection<PSObject> rows = _examples.Run("& $Examples/triage.ps1 $Folder/triaged.csv -Column *rl, V*");

        Assert.Equal(["https://example.com/ Harmless"], ModuleSession.Lines(rows, "Url", "VtVerdict"));
        Assert.Equal(["https://example.com/"], _examples.Server.Requests.Counts().Keys);
    }

    [Fact]
    public void Triage_reads_what_is_divided_by_something_else()
    {
        _examples.Write("alerts.csv", "Name;Wert\n1, 2;\"8.8.8.8\"\n");

        Collection<PSObject> rows = _examples.Run("& $Examples/triage.ps1 $Folder/alerts.csv -Delimiter ';'");

        Assert.Equal(["1, 2 8.8.8.8 Harmless"], ModuleSession.Lines(rows, "Name", "Wert", "VtVerdict"));
    }

    [Fact]
    public void Folder_gives_every_file_its_row_and_asks_once_for_what_is_the_same()
    {
        _examples.Folder.CreateSubdirectory("below");
        _examples.Write("eicar.com", Eicar);
        _examples.Write(Path.Combine("below", "copy.com"), Eicar);
        _examples.Write("empty.txt", "");

        Collection<PSObject> rows = _examples.Run("& $Examples/folder.ps1 $Folder");
        Collection<PSObject> filtered = _examples.Run("& $Examples/folder.ps1 $Folder -Filter *.txt");

        string path = _examples.Folder.FullName;
        Assert.Equal(
            [$"Malicious {Path.Combine(path, "below", "copy.com")}", $"Malicious {Path.Combine(path, "eicar.com")}", $"Undetected {Path.Combine(path, "empty.txt")}"],
            ModuleSession.Lines(rows, "Verdict", "Path"));
        Assert.Equal([$"Undetected {Path.Combine(path, "empty.txt")}"], ModuleSession.Lines(filtered, "Verdict", "Path"));
        Assert.Equal(1, _examples.Server.Requests.Counts()["275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f"]);
    }

    [Fact]
    public void Report_lists_what_a_messy_text_names_the_worst_first_with_its_place()
    {
        _examples.Write("report.txt", """
            Subject: =?utf-8?Q?Findings?=

            > The dropper (MD5 44D88612FEA8A8F36DE82E1278ABB02F) calls hxxps://example[.]com/, see "8[.]8[.]8[.]8".
            > CVE-2021-44228 was used; https://example.com/ again.
            """);

        Collection<PSObject> rows = _examples.Run("& $Examples/report.ps1 $Folder/*.txt");

        Assert.Equal(
            ["Malicious 44d88612fea8a8f36de82e1278abb02f 1 3", "Skipped CVE-2021-44228 1 4"],
            [Line(rows[0]), Line(rows[^1])]);
        Assert.Equal(
            ["Harmless 8[.]8[.]8[.]8 1 3", "Harmless hxxps://example[.]com/ 2 3"], rows.Skip(1).SkipLast(1).Select(Line).Order(StringComparer.Ordinal));

        static string Line(PSObject row) => ModuleSession.Lines([row], "Verdict", "Indicator", "Times", "Line")[0];
    }

    [Fact]
    public void Report_of_mails_lists_what_their_parts_hold()
    {
        _examples.Folder.CreateSubdirectory("mails");
        string body = Convert.ToBase64String("<a href='https://example.com/?a=1&amp;b=2'>x</a>"u8);
        _examples.Write(Path.Combine("mails", "one.eml"), $"From: a@example.com\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n{body}\n");
        _examples.Write(Path.Combine("mails", "two.eml"), $"""
            Subject: invoice
            Content-Type: application/octet-stream; name=invoice.com
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Eicar))}
            """);

        Collection<PSObject> rows = _examples.Run("& $Examples/report.ps1 $Folder/mails/*.eml -IncludeUrlHost");

        string folder = Path.Combine(_examples.Folder.FullName, "mails");
        Assert.Equal(
            [
                $"Harmless example[.]com {folder}/one.eml 1", $"Harmless hxxps://example[.]com/?a=1&b=2 {folder}/one.eml 1",
                $"Malicious 275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f {folder}/two.eml 5", $"Skipped a[@]example[.]com {folder}/one.eml 1",
            ],
            ModuleSession.Lines(rows, "Verdict", "Indicator", "File", "Line").Select(static line => line.Replace('\\', '/')));
    }

    [Fact]
    public async Task Connections_finds_a_connection_of_this_machine_and_says_where_its_process_cannot_be_told()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, port);
        using TcpClient accepted = await listener.AcceptTcpClientAsync();

        // As on a machine that has neither Get-NetTCPConnection nor ss.
        Collection<PSObject> rows = _examples.Run("function Get-Command { }; & $Examples/connections.ps1 -IncludeNonPublic");

        PSObject row = Assert.Single(rows, row => row.Properties["RemotePort"].Value is int number && number == port);
        Assert.Equal("127.0.0.1", row.Properties["RemoteAddress"].Value);
        Assert.Contains("the column Process stays empty", Assert.Single(_examples.Session.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, _examples.Server.Requests.Counts()["127.0.0.1"]);
    }

    [Fact]
    public void Connections_reads_what_ss_says()
    {
        Collection<PSObject> rows = _examples.Run("""
            function Get-Command { param($Name, $CommandType, $ErrorAction) $Name -eq 'ss' }
            function ss {
                '0      0      10.1.2.3:46832      8.8.8.8:443   users:(("firefox",pid=77,fd=12),("crash",pid=78,fd=12))'
                '0      0      [2001:db8::5]:40118 [2606:4700:4700::1111]:853 '
                '0      0      [::ffff:10.1.2.3]:22 [::ffff:1.1.1.1]:51000 users:(("sshd",pid=5,fd=4))'
                '0      0      [fe80::5%eth0]:40118 [fe80::1]%eth0:9000 users:(("x",pid=6,fd=4))'
                '0      0      10.1.2.3:46834      192.168.7.7:443   users:(("y",pid=7,fd=12))'
            }
            & $Examples/connections.ps1
            """);

        Assert.Equal(
            ["Harmless 1.1.1.1 51000 sshd", "Harmless 2606:4700:4700::1111 853 ", "Harmless 8.8.8.8 443 firefox"],
            ModuleSession.Lines(rows, "Verdict", "RemoteAddress", "RemotePort", "Process"));
    }

    [Fact]
    public void Connections_takes_those_of_Get_NetTCPConnection_and_asks_once_for_each_address()
    {
        Collection<PSObject> rows = _examples.Run("""
            function Get-NetTCPConnection { param($State) [pscustomobject]@{ RemoteAddress = '8.8.8.8'; RemotePort = 443; OwningProcess = $PID }, [pscustomobject]@{ RemoteAddress = '8.8.8.8'; RemotePort = 53; OwningProcess = $PID } }
            & $Examples/connections.ps1
            """);

        string process = System.Diagnostics.Process.GetCurrentProcess().ProcessName;
        Assert.Equal([$"8.8.8.8 443 {process}", $"8.8.8.8 53 {process}"], ModuleSession.Lines(rows, "RemoteAddress", "RemotePort", "Process"));
        Assert.Equal(1, _examples.Server.Requests.Total);
    }
}
