using System.Diagnostics.CodeAnalysis;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;
using Microsoft.Data.Sqlite;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>A folder with a store in it, an emulated service over real sockets, and jobs that use both.</summary>
internal sealed class StoreTesting : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http = HttpPools.Create();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iocenrich-store-");
    private readonly List<ResultCache> _stores = [];

    private StoreTesting(EmulatorServer server) => Server = server;

    internal EmulatorServer Server { get; }

    internal string Folder => _folder.FullName;

    internal string File => Path.Combine(Folder, "store.db");

    internal static async Task<StoreTesting> StartAsync() => new(await EmulatorServer.StartAsync());

    /// <summary>Opens the store once more: as another process would.</summary>
    internal ResultCache Open(TimeProvider? time = null, long maxBytes = 1 << 30)
    {
        ResultCache store = ResultCache.Open(File, maxBytes, time);
        _stores.Add(store);
        return store;
    }

    /// <summary>Runs a job to its end.</summary>
    internal async Task<EnrichmentResult[]> RunAsync(ResultCache? store, string[] texts, JobWishes? wishes = null)
    {
        EnrichmentJob job = Start(store, wishes);
        job.AddAll(texts);
        return await job.FinishAsync();
    }

    internal EnrichmentJob Start(ResultCache? store, JobWishes? wishes = null)
    {
        wishes ??= new JobWishes();
        return new EnrichmentOrchestrator(timeProvider: wishes.Time).Start(
            Provider(wishes),
            JobTesting.Options(limits: wishes.Limits, account: wishes.KeyContext, time: wishes.Time) with
            {
                Cache = Task.FromResult(store is null ? null : Cache(store, wishes)),
                ReportForm = wishes.IncludeReport ? static report => report : null,
            },
            out _);
    }

    internal JobCache Cache(ResultCache store, JobWishes wishes) =>
        new(store, wishes.Provider, wishes.Endpoint ?? Server.Endpoint, wishes.Freshness, wishes.Thresholds, wishes.IncludeReport);

    internal void Run(string sql)
    {
        using SqliteConnection connection = new($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(static store => store.Dispose());
        _http.Dispose();
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client is the test's.")]
    private VirusTotalProvider Provider(JobWishes wishes)
    {
        Assert.True(ApiKey.TryCreate("a-key-for-the-store", out ApiKey? key, out _));
        return new VirusTotalProvider(
            _http,
            new ProviderSettings
            {
                ApiKey = key,
                Endpoint = wishes.Endpoint ?? Server.Endpoint,
                Thresholds = wishes.Thresholds,
                KeepReports = true,
            },
            wishes.Time);
    }
}

/// <summary>What is special about a job of a test.</summary>
internal sealed record JobWishes
{
    internal ProviderDefinition Provider { get; init; } = VirusTotalDefinition.Instance;

    internal CacheFreshness Freshness { get; init; } = new();

    internal VerdictThresholds Thresholds { get; init; } = VerdictThresholds.Default;

    internal bool IncludeReport { get; init; }

    internal QuotaLimits? Limits { get; init; }

    internal KeyContext? KeyContext { get; init; }

    internal Uri? Endpoint { get; init; }

    internal TimeProvider? Time { get; init; }
}
