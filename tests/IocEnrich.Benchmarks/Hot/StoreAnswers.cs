using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using VirusTotal.Emulator;

namespace IocEnrich.Benchmarks.Hot;

/// <summary>Answers on files as the service gives them, with reports of real size, for the store to keep and to find.</summary>
internal sealed class StoreAnswers
{
    // Each indicator gets one of so many answers: their contents are nothing to the store.
    private const int Distinct = 50;

    private static readonly Uri Endpoint = VirusTotalDefinition.Instance.Endpoint;

    private readonly LookupOutcome[] _outcomes;
    private readonly Indicator[] _indicators;

    private StoreAnswers(LookupOutcome[] outcomes, int count)
    {
        _outcomes = outcomes;
        _indicators = [.. IndicatorList.Files(count).Select(Indicator.Parse)];
    }

    internal int Count => _indicators.Length;

    internal static async Task<StoreAnswers> AskAsync(int count)
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync();
        using HttpMessageInvoker http = HttpPools.Create();
        ApiKey.TryCreate(ModuleRunspace.Key, out ApiKey? key, out _);
        VirusTotalProvider provider = new(http, new ProviderSettings { ApiKey = key!, Endpoint = server.Endpoint, KeepReports = true });
        LookupOutcome[] outcomes = new LookupOutcome[Distinct];
        for (int number = 0; number < Distinct; number++)
        {
            Indicator indicator = Indicator.Parse(IndicatorList.Sha256(number));
            server.Answers.Set(indicator.Value, EmulatedVerdict.Malicious(number + 1));
            outcomes[number] = await provider.LookUpAsync(indicator, CancellationToken.None);
        }

        Console.WriteLine($"// The reports have {outcomes.Average(static outcome => outcome.Report!.CompressedLength):0} bytes on average, compressed.");
        return new StoreAnswers(outcomes, count);
    }

    internal Indicator this[int number] => _indicators[number];

    internal static JobCache In(StoreInFolder store, bool withReport = false) => store.Cache(Endpoint, withReport);

    /// <summary>Keeps all of them, and ends when they are on the disk.</summary>
    internal async Task KeepAllAsync(JobCache known)
    {
        for (int number = 0; number < Count; number++)
        {
            LookupOutcome outcome = _outcomes[number % Distinct];
            await known.KeepAsync(_indicators[number], outcome.Answer!, outcome.Report);
        }

        await known.FlushAsync();
    }
}
