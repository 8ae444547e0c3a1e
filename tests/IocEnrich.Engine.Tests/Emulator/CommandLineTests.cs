using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VirusTotal.Emulator;
using VirusTotal.Emulator.CommandLine;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class CommandLineTests
{
    [Fact]
    public void Every_option_is_read()
    {
        EmulatorCommand command = EmulatorCommand.Parse(
        [
            "--port", "8080", "--address", "::1", "--key", "one", "--key", "two", "--forbidden-key", "three", "--forbid-relationship", "dropped_files", "--latency", "50",
            "--requests-per-minute", "4", "--requests-per-day", "500", "--known", "https://example.com/?a=b=malicious:7", "--known",
            "example.com=not-found", "--fault", "503@0.1", "--fault", "reset@evil.example.com", "--parent", "123", "--exit-with-stdin",
        ]);

        Assert.Equal(8080, command.Options.Port);
        Assert.Equal(IPAddress.IPv6Loopback, command.Options.Address);
        Assert.Equal(["one", "two"], command.Options.ApiKeys);
        Assert.Equal(["three"], command.Options.ForbiddenKeys);
        Assert.Equal(["dropped_files"], command.Options.ForbiddenRelationships);
        Assert.Equal(TimeSpan.FromMilliseconds(50), command.Options.Latency);
        Assert.Equal(4, command.Options.RequestsPerMinute);
        Assert.Equal(500, command.Options.RequestsPerDay);
        Assert.Equal(EmulatedVerdict.Malicious(7), command.Options.Known["https://example.com/?a=b"]);
        Assert.Equal(EmulatedVerdict.NotFound, command.Options.Known["example.com"]);
        Assert.Equal([0.1, 1.0], command.Options.Faults.Select(fault => fault.Share));
        Assert.Equal("evil.example.com", command.Options.Faults.Last().Indicator);
        Assert.Equal(123, command.Parent);
        Assert.True(command.ExitWithStdin);
        Assert.False(command.ShowHelp);
    }

    [Fact]
    public void Without_arguments_any_key_is_accepted_on_a_free_port_without_limits()
    {
        EmulatorCommand command = EmulatorCommand.Parse([]);
        Assert.Null(command.Options.ApiKeys);
        Assert.Equal(0, command.Options.Port);
        Assert.Equal(0, command.Options.RequestsPerMinute);
        Assert.Null(command.Parent);
    }

    [Theory]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("--port", "--port")]
    [InlineData("--port x", "--port")]
    [InlineData("--port 70000", "Port")]
    [InlineData("--address 0.0.0.0", "loopback")]
    [InlineData("--address here", "--address")]
    [InlineData("--latency soon", "--latency")]
    [InlineData("--requests-per-day -1", "--requests-per-day")]
    [InlineData("--fault nonsense", "--fault")]
    [InlineData("--known example.com", "--known")]
    [InlineData("--known example.com=nice", "--known")]
    [InlineData("--known example.com=malicious:99", "--known")]
    [InlineData("--known example.com=harmless:9", "--known")]
    public async Task A_wrong_argument_is_one_sentence_and_exit_code_2(string arguments, string named)
    {
        (int code, string output, string error) = await RunAsync(arguments.Split(' '));

        Assert.Equal(2, code);
        Assert.Empty(output);
        string line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.True(line.TrimEnd('\r').EndsWith('.') || line.TrimEnd('\r').EndsWith(')'), line);
    }

    [Fact]
    public async Task The_help_tells_of_every_option_and_of_faults()
    {
        (int code, string output, string error) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.All(
            (string[])
            [
                "--port", "--address", "--key", "--forbidden-key", "--forbid-relationship", "--latency", "--requests-per-minute",
                "--requests-per-day", "--known", "--fault", "--parent", "--exit-with-stdin", "drip:200ms", "/emulator/faults",
            ],
            word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence_and_exit_code_1()
    {
        await using EmulatorServer first = await EmulatorServer.StartAsync();
        (int code, string output, string error) = await RunAsync("--port", $"{first.Endpoint.Port}");
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains($"{first.Endpoint.Port}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_when_its_standard_input_does()
    {
        (int code, string output, _) = await RunAsync("--exit-with-stdin");
        Assert.Equal(0, code);
        Assert.StartsWith("http://127.0.0.1:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_when_its_parent_has_ended()
    {
        using Process parent = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        await parent.StandardOutput.ReadToEndAsync();

        (int code, _, _) = await RunAsync("--parent", $"{parent.Id}");

        Assert.Equal(0, code);
    }

    [Fact]
    public async Task As_a_process_it_tells_its_endpoint_ignores_the_environment_and_answers()
    {
        ProcessStartInfo start = new("dotnet", [typeof(EmulatorServer).Assembly.Location, "--exit-with-stdin", "--key", EmulatorClient.Key])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:1";
        start.Environment["Logging__LogLevel__Default"] = "Trace";
        using Process process = Process.Start(start)!;
        Uri endpoint = new((await process.StandardOutput.ReadLineAsync())!);
        using HttpClient http = new();
        http.DefaultRequestHeaders.Add("x-apikey", EmulatorClient.Key);

        using HttpResponseMessage response = await http.GetAsync(new Uri($"{endpoint}/domains/example.com"));
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
        Assert.Empty(await process.StandardError.ReadToEndAsync());
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(async () => await socket.ConnectAsync(endpoint.Host, endpoint.Port));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await EmulatorProgram.RunAsync(arguments, Stream.Null, output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
