using System.Text.Json;
using BenchmarkDotNet.Attributes;
using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers.VirusTotal;
using VirusTotal.Emulator;

namespace IocEnrich.Benchmarks.Hot;

/// <summary>What the service says, from bytes to a result; the same bytes as a document beside it.</summary>
#pragma warning disable CA1001 // What is disposed at the end of each read holds nothing but an array.
public class AnswerBenchmarks
#pragma warning restore CA1001
{
    private static readonly Indicator Asked = Indicator.Parse(IndicatorList.Sha256(1));

    private byte[] _report = [];
    private byte[] _error = [];

    [GlobalSetup]
    public async Task SetupAsync()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync();
        server.Answers.Set(Asked.Value, EmulatedVerdict.Malicious(40));
        server.Answers.Set("nobody.evil.com", EmulatedVerdict.NotFound);
        using HttpClient http = new();
        http.DefaultRequestHeaders.Add("x-apikey", ModuleRunspace.Key);
        _report = await http.GetByteArrayAsync(new Uri($"{server.Endpoint}/files/{Asked.Value}"));
        using HttpResponseMessage response = await http.GetAsync(new Uri($"{server.Endpoint}/domains/nobody.evil.com"));
        _error = await response.Content.ReadAsByteArrayAsync();
        Console.WriteLine($"// The report has {_report.Length} bytes, the error {_error.Length}.");
    }

    /// <summary>The result itself, which is what has to be allocated.</summary>
    [Benchmark]
    public EnrichmentResult ReadReport()
    {
        ReportReader reader = new();
        using MemoryStream body = new(_report, writable: false);
        JsonStream.ReadAsync(body, reader, BodyLimits.MaxAnswerBytes, CancellationToken.None).AsTask().Wait();
        return reader.Report!.ToResult(Asked, VerdictThresholds.Default, DateTimeOffset.UnixEpoch);
    }

    [Benchmark]
    public int ParseReportAsDocument()
    {
        using JsonDocument document = JsonDocument.Parse(_report);
        return document.RootElement.GetProperty("data").GetProperty("attributes").GetProperty("last_analysis_stats").GetProperty("malicious").GetInt32();
    }

    [Benchmark]
    public object? ReadError()
    {
        ErrorReader reader = new();
        using MemoryStream body = new(_error, writable: false);
        JsonStream.ReadAsync(body, reader, BodyLimits.MaxAnswerBytes, CancellationToken.None).AsTask().Wait();
        return reader.Code;
    }
}
