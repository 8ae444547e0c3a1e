using System.Diagnostics;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;

namespace IocEnrich.Engine.Tests.VirusTotal;

/// <summary>The file of VirusTotal's own command line: read as TOML, bounded, and what is wrong with it is said without showing it.</summary>
public sealed class VtCliConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iocenrich-toml-");

    private string File => Path.Combine(_folder.FullName, ".vt.toml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("apikey=\"abc\"", "abc")]
    [InlineData("apikey = 'abc' # mine\r\n", "abc")]
    [InlineData("\uFEFFapikey=\"abc\"", "abc")]
    [InlineData("\"apikey\" = \"abc\"", "abc")]
    [InlineData("'APIKey' = \"abc\"", "abc")]
    [InlineData("apikey = \"a\\u0062\\U00000063\"", "abc")]
    [InlineData("apikey = \"\"\"abc\"\"\"", "abc")]
    [InlineData("apikey = '''\nabc'''", "abc")]
    [InlineData("apikey = \"a\\\"b\"", "a\"b")]
    [InlineData("apikey = 'a\\u0062'", "a\\u0062")]
    [InlineData("help = \"\"\"\napikey = \"wrong\"\n[table]\n\"\"\"\napikey = \"abc\"", "abc")]
    [InlineData("format = { apikey2 = 'x' }\nlist = [ '[', 'apikey = \"x\"' ]\napikey = 'abc'\n[table]\nx = 1", "abc")]
    [InlineData("# apikey = 'abc'\nproxy = 'http://localhost'", null)]
    [InlineData("text = '''\napikey = 'abc'\n'''", null)]
    [InlineData("", null)]
    [InlineData("\n\n", null)]
    public void The_key_is_what_TOML_says_it_is(string text, string? key)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Equal(key, VtCliConfiguration.ReadKey(File));
    }

    [Theory]
    [InlineData("apikey = canary0123", "not valid TOML")]
    [InlineData("x = 1\napikey = canary0123", "Line 2 of it is not valid TOML")]
    [InlineData("apikey = \"canary0123", "not valid TOML")]
    [InlineData("apikey = \"canary\\q0123\"", "not valid TOML")]
    [InlineData("apikey = 'canary'\napikey = 'canary'", "not valid TOML")]
    [InlineData("{\"apikey\":\"canary\"}", "not valid TOML")]
    [InlineData("apikey = 123456", "not text")]
    [InlineData("apikey = ['canary']", "not text")]
    [InlineData("[apikey]\nx = 'canary'", "not text")]
    [InlineData("[vt]\napikey = 'canary'", "is under [vt]")]
    [InlineData("vt.apikey = 'canary'", "is under [vt]")]
    [InlineData("[\"\\u001b[31m\"]\napikey = 'canary'", "is under [\\u{001B}[31m]")]
    public void What_is_wrong_with_the_file_is_said_and_nothing_of_the_key(string text, string reason)
    {
        System.IO.File.WriteAllText(File, text);

        string message = Assert.Throws<InvalidDataException>(() => VtCliConfiguration.ReadKey(File)).ToString();

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_has_no_key_and_neither_has_a_link_to_nowhere()
    {
        Assert.Null(VtCliConfiguration.ReadKey(File));
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.CreateSymbolicLink(File, "nowhere");
            Assert.Null(VtCliConfiguration.ReadKey(File));
        }
    }

    [Fact]
    public void A_folder_and_a_huge_file_are_called_what_they_are()
    {
        Directory.CreateDirectory(File);
        Assert.Contains("It is a folder", Assert.Throws<InvalidDataException>(() => VtCliConfiguration.ReadKey(File)).Message, StringComparison.Ordinal);
        Directory.Delete(File);

        using (FileStream huge = System.IO.File.Create(File))
        {
            huge.SetLength(20L << 30);
        }

        Assert.Contains("not a configuration of vt-cli", Assert.Throws<InvalidDataException>(() => VtCliConfiguration.ReadKey(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_pipe_nor_a_device_is_waited_for()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Process made = Process.Start("mkfifo", [File]);
        await made.WaitForExitAsync();
        Assert.Null(await Task.Run(() => VtCliConfiguration.ReadKey(File)).WaitAsync(JobTesting.Limit));

        System.IO.File.Delete(File);
        System.IO.File.CreateSymbolicLink(File, "/dev/zero");
        Assert.Null(await Task.Run(() => VtCliConfiguration.ReadKey(File)).WaitAsync(JobTesting.Limit));
    }
}
