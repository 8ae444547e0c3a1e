using System.Text;

namespace IocEnrich.PowerShell.Tests.Input;

/// <summary>A file is read as what it is.</summary>
public sealed class InputFileTests : InputTestBase, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Time,Hash,SourceIP\n1,-,8.8.4.4\n2,N/A,1.1.1.1\n", "1.1.1.1", "8.8.4.4")]
    [InlineData("sep=;\nTime; Hash ;IP\n1;;8.8.4.4\n", "8.8.4.4")]
    [InlineData("Time;IP\n1;8.8.4.4\n", "8.8.4.4")]
    [InlineData("ts\tid.orig_h\tid.resp_h\n1\t8.8.4.4\t1.1.1.1\n", "1.1.1.1", "8.8.4.4")]
    [InlineData("#separator \\x09\n#fields\tts\tid.orig_h\tid.resp_h\n#types\ttime\taddr\taddr\n1\t8.8.4.4\t1.1.1.1\n#close\t2\n", "1.1.1.1", "8.8.4.4")]
    [InlineData("# id,dateadded,url\n\"1\",\"2026-01-01\",\"http://evil.com/a,b\"\n", "http://evil.com/a,b")]
    [InlineData("\"Name\",\"Value\"\n\"a \"\"quoted\"\" name\nover two lines\",\"8.8.4.4\"\n", "8.8.4.4")]
    [InlineData("{\"src_ip\":\"8.8.4.4\"}\n{\"src_ip\":\"1.1.1.1\"}\n", "1.1.1.1", "8.8.4.4")]
    [InlineData("[\n  { \"ioc\": \"a.com\" },\n  { \"ioc\": \"b.com\" }\n]\n", "a.com", "b.com")]
    [InlineData("{\n  \"query_status\": \"ok\", \"data\": [ { \"sha256_hash\": \"" + Sha256 + "\", \"md5_hash\": \"" + Md5 + "\" } ]\n}\n", Sha256)]
    [InlineData("8.8.4.4, 1.1.1.1\na.com;b.com\n", "1.1.1.1", "8.8.4.4", "a.com", "b.com")]
    [InlineData("# a list, with a comment\na.com\n", "a.com")]
    public void A_table_is_read_by_its_columns_and_a_list_by_its_lines(string text, params string[] expected)
    {
        foreach (bool mark in new[] { false, true })
        {
            string file = Write("input.txt", text, mark);
            string[] results = ModuleSession.Lines(Session.Run("Start-IocEnrichment -LiteralPath $File @To | Receive-IocEnrichmentResult -Wait", ("File", file)), "Indicator");

            Assert.Equal(expected, results);
            Assert.Empty(Session.Errors);
            Assert.Empty(Session.Warnings);
        }
    }

    [Fact]
    public void Rows_of_a_file_that_hold_nothing_are_one_error()
    {
        string file = Write("input.csv", "Time,Hash\n" + string.Concat(Enumerable.Repeat("1,-\n", 500)), mark: false);

        Session.Run("Start-IocEnrichment -LiteralPath $File @To | Receive-IocEnrichmentResult -Wait", ("File", file));

        Assert.Contains("500 ", Message, StringComparison.Ordinal);
        Assert.Contains("Hash", Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Path")]
    [InlineData("-LiteralPath")]
    public void A_folder_is_told_to_be_one(string parameter)
    {
        Session.Run($"Start-IocEnrichment {parameter} $Folder @To", ("Folder", _folder));

        Assert.Equal(["FileNotFound"], ErrorIds);
        Assert.Contains("is a folder", Message, StringComparison.Ordinal);
        Assert.Contains("/*'", Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list.md", true)]
    [InlineData("alerts.csv", true)]
    [InlineData("absent.md", false)]
    public void A_name_of_a_file_in_place_of_an_indicator_is_told_to_be_one(string name, bool isThere)
    {
        if (isThere)
        {
            Write(name, "a.com", mark: false);
        }

        Session.Run("Set-Location -LiteralPath $Folder; Start-IocEnrichment $Name @To | Receive-IocEnrichmentResult -Wait", ("Folder", _folder), ("Name", name));

        Assert.Equal(isThere, Session.Warnings.Any(warning => warning.EndsWith($"Start-IocEnrichment -LiteralPath '{name}'", StringComparison.Ordinal)));
    }

    private string Write(string name, string text, bool mark)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, new UTF8Encoding(mark));
        return path;
    }
}
