using System.Management.Automation;
using System.Text;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>What Find-Ioc makes of mails, and of files that do not tell their encoding.</summary>
public sealed class FindMailTests : IAsyncLifetime, IDisposable
{
    private const string Mail = """
        Received: from mail.evil.org ([198.51.100.7]) by mx.example.net
        From: "Bank" <bank@evil.org>
        Subject: =?utf-8?q?Your_account_at_evil=2Eorg?=
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="d41d8cd98f00b204e9800998ecf8427e"

        --d41d8cd98f00b204e9800998ecf8427e
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <p>Hello</p>
        <a href=3D"https://login.evil.com/a?user=3Dbob&amp;session=3D12345678901234=
        5678,9">log in</a>
        --d41d8cd98f00b204e9800998ecf8427e
        Content-Type: application/zip
        Content-Disposition: attachment; filename="invoice.zip"
        Content-Transfer-Encoding: base64

        UEsDBBQAAAAAAA==
        --d41d8cd98f00b204e9800998ecf8427e--

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_mail_is_read_by_its_parts_and_each_indicator_tells_in_which_it_stands()
    {
        string path = Write("mail.eml", Encoding.ASCII.GetBytes(Mail));
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Convert.FromBase64String("UEsDBBQAAAAAAA=="))).ToLowerInvariant();

        Assert.Equal(
            [
                "Domain 1 mail.evil.org mail.evil.org header Received",
                "Domain 1 mx.example.net mx.example.net header Received",
                "Domain 3 evil.org evil.org header Subject",
                "Email 2 bank@evil.org bank@evil.org header From",
                "IPv4 1 198.51.100.7 198.51.100.7 header Received",
                $"Sha256 19 {hash} invoice.zip 2 application/zip 'invoice.zip' (base64)",
                "Url 2 https://login.evil.com/a?user=bob&session=123456789012345678,9 https://login.evil.com/a?user=bob&session=123456789012345678,9 1 text/html (quoted-printable)",
            ],
            ModuleSession.Lines(_session.Run("Get-Item $Path | Find-Ioc", ("Path", path)), "Type", "Line", "Value", "Text", "Part"));
        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Warnings);
    }

    [Fact]
    public void What_a_mail_holds_can_be_looked_up_and_limited()
    {
        string path = Write("mail.eml", Encoding.ASCII.GetBytes(Mail));

        string[] results = ModuleSession.Lines(
            _session.Run("Find-Ioc $Path -Type Url, Sha256 -IncludeUrlHost -Unique | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait", ("Path", path)),
            "Type", "Input", "InputLine", "InputPath");

        Assert.Equal(
            [$"Sha256 invoice.zip 19 {path}", $"Url https://login.evil.com/a?user=bob&session=123456789012345678,9 2 {path}"],
            results);
    }

    [Fact]
    public void The_table_shows_the_part_and_a_name_from_an_attacker_does_nothing_to_the_terminal()
    {
        string path = Write("mail.eml", Encoding.ASCII.GetBytes(Mail.Replace("invoice.zip", "a\u001b[31m.zip", StringComparison.Ordinal)));

        string shown = string.Concat(_session.Run("Find-Ioc $Path | Format-List | Out-String; Find-Ioc $Path | Format-Table | Out-String -Width 200", ("Path", path)));

        Assert.Contains("Part     : 1 text/html (quoted-printable)", shown, StringComparison.Ordinal);
        Assert.Contains("mail.eml: header Received", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31m.zip", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_travels_with_what_was_found()
    {
        string path = Write("mail.eml", Encoding.ASCII.GetBytes(Mail));
        string xml = Path.Combine(_folder, "found.xml");

        Assert.Equal(
            ["1 text/html (quoted-printable)"],
            ModuleSession.Lines(_session.Run("Find-Ioc $Path -Type Url | Export-Clixml $Xml; Import-Clixml $Xml", ("Path", path), ("Xml", xml)), "Part"));
    }

    [Fact]
    public void A_guess_of_the_encoding_is_one_warning_for_a_file_that_names_the_file_the_guess_and_the_way_out()
    {
        string path = Write("report.txt", Encoding.Latin1.GetBytes("the actor used paypäl.com\nand müller.de too\n"));
        string other = Write("plain.txt", Encoding.UTF8.GetBytes("bücher.de\n"));

        string[] found = ModuleSession.Lines(_session.Run("Find-Ioc $Path, $Other", ("Path", path), ("Other", other)), "Value");

        Assert.Equal(["xn--bcher-kva.de", "xn--mller-kva.de", "xn--paypl-jra.com"], found);
        string warning = Assert.Single(_session.Warnings);
        Assert.StartsWith($"'{path}' is not UTF-8", warning, StringComparison.Ordinal);
        Assert.Contains("windows-1252", warning, StringComparison.Ordinal);
        Assert.EndsWith("-Encoding.", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1251")]
    [InlineData("windows-1251")]
    [InlineData("'windows-1251'")]
    [InlineData("([Text.Encoding]::GetEncoding(1251))")]
    [InlineData("([Text.Encoding]::GetEncoding('windows-1251'))")]
    public void An_encoding_that_is_named_is_taken_as_Get_Content_takes_it(string encoding)
    {
        string path = Write("report.txt", CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes("пример.com"));

        string[] found = ModuleSession.Lines(_session.Run($"[Text.Encoding]::RegisterProvider([Text.CodePagesEncodingProvider]::Instance); Find-Ioc $Path -Encoding {encoding}", ("Path", path)), "Value");

        Assert.Equal(["xn--e1afmkfd.com"], found);
        Assert.Empty(_session.Warnings);
    }

    [Theory]
    [InlineData("ascii", "us-ascii")]
    [InlineData("Unicode", "utf-16")]
    [InlineData("bigendianunicode", "utf-16BE")]
    [InlineData("utf32", "utf-32")]
    [InlineData("bigendianutf32", "utf-32BE")]
    [InlineData("utf8", "utf-8")]
    [InlineData("utf8BOM", "utf-8")]
    [InlineData("utf8NoBOM", "utf-8")]
    public void The_names_of_PowerShell_are_known(string name, string encoding)
    {
        byte[] bytes = Encoding.GetEncoding(encoding).GetBytes("evil.com");

        Assert.Equal(["evil.com"], ModuleSession.Lines(_session.Run($"Find-Ioc $Path -Encoding {name}", ("Path", Write("a.txt", bytes))), "Value"));
        Assert.Equal(["evil.com"], ModuleSession.Lines(_session.Run($"Start-IocEnrichment -Path $Path -Encoding {name} @To | Receive-IocEnrichmentResult -Wait", ("Path", Write("a.txt", bytes))), "Indicator"));
        Assert.Empty(_session.Warnings);
    }

    [Theory]
    [InlineData("utf7")]
    [InlineData("utf-7")]
    [InlineData("nonsense")]
    [InlineData("65000")]
    [InlineData("(Get-Date)")]
    public void What_is_no_encoding_is_refused(string encoding)
    {
        ErrorRecord error = _session.Fail($"Find-Ioc -LiteralPath /dev/null -Encoding {encoding}");

        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_in_another_encoding_is_looked_up_with_a_warning()
    {
        string path = Write("list.txt", Encoding.Latin1.GetBytes("müller.de\nevil.com\n"));

        string[] results = ModuleSession.Lines(_session.Run("Start-IocEnrichment -Path $Path @To | Receive-IocEnrichmentResult -Wait", ("Path", path)), "Indicator");

        Assert.Equal(["evil.com", "xn--mller-kva.de"], results);
        Assert.Contains("which is a guess", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_encodings_are_completed()
    {
        string[] offered = [.. CommandCompletion.CompleteInput("Find-Ioc -Encoding utf8", 23, null, Shell()).CompletionMatches.Select(static match => match.CompletionText)];

        Assert.Equal(["utf8", "utf8BOM", "utf8NoBOM"], offered);

        System.Management.Automation.PowerShell Shell()
        {
            System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
            shell.Runspace = _session.Runspace;
            return shell;
        }
    }

    [Fact]
    public void A_letter_that_was_lost_before_it_came_here_makes_no_other_name() =>
        Assert.Equal(["evil.com"], ModuleSession.Lines(_session.Run("\"payp$([char] 0xFFFD)l.com evil.com http://evil.org/$([char] 0xFFFD)\" | Find-Ioc"), "Value"));

    [Fact]
    public async Task The_reader_of_mail_is_loaded_when_a_mail_is_read_and_its_cryptography_never()
    {
        string mail = Write("mail.eml", Encoding.ASCII.GetBytes(Mail));
        string text = Write("plain.txt", Encoding.ASCII.GetBytes("evil.com"));
        string script =
            $$"""
            Import-Module '{{BuildPlaces.Module}}'
            $null = Find-Ioc '{{text}}'
            function Show { ([AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -in 'MimeKit', 'UtfUnknown', 'BouncyCastle.Cryptography' }) -join ' ' }
            "before: $(Show)"
            $found = Find-Ioc '{{mail}}'
            "after: $(Show), $($found.Count)"
            """;

        PwshResult result = await PwshProcess.RunAsync(script);

        Assert.Equal("", result.Error);
        Assert.Equal(["before:", "after: MimeKit, 7"], result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
