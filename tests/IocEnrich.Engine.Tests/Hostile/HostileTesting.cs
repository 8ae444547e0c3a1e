using System.Diagnostics.CodeAnalysis;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>Looks up at a server that is not to be trusted.</summary>
internal static class HostileTesting
{
    internal const string Key = "canary-0123456789abcdef0123456789abcdef";

    /// <summary>A provider that asks there.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client is the test's.")]
    internal static VirusTotalProvider Provider(HttpMessageInvoker http, Uri endpoint, bool keepReports = false, TimeProvider? time = null, TimeSpan? timeout = null)
    {
        Assert.True(ApiKey.TryCreate(Key, out ApiKey? key, out _));
        return new VirusTotalProvider(
            http,
            new ProviderSettings { ApiKey = key, Endpoint = endpoint, RequestTimeout = timeout ?? JobTesting.Limit, KeepReports = keepReports },
            time);
    }

    /// <summary>Asks once for one indicator, and gets one answer.</summary>
    internal static async Task<LookupOutcome> LookUpAsync(Func<RawRequest, RawAnswer> answer, string text = "example.com", bool keepReports = false, TimeProvider? time = null)
    {
        await using RawServer server = new(answer);
        using HttpMessageInvoker http = HttpPools.Create();
        return await Provider(http, server.Endpoint, keepReports, time).LookUpAsync(Indicator.Parse(text), CancellationToken.None);
    }
}
