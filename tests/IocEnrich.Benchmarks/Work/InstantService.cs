using System.Net;
using System.Runtime.CompilerServices;
using IocEnrich.Engine.VirusTotal;

namespace IocEnrich.Benchmarks.Work;

/// <summary>
/// Answers the cmdlets' requests from memory, at once. Start-IocEnrichment knows one provider, and a server on loopback would be what is
/// measured; so the requests go their whole way but for the sockets.
/// </summary>
internal sealed class InstantService : HttpMessageHandler
{
    private static readonly byte[] Report =
        """{"data":{"id":"x","type":"file","attributes":{"last_analysis_stats":{"malicious":5,"suspicious":0,"undetected":60,"harmless":0},"reputation":0}}}"""u8.ToArray();

    internal static Uri Endpoint { get; } = new("http://127.0.0.1:9/api/v3");

    /// <summary>Puts it in the place of the pool of connections that the module uses.</summary>
    internal static void Install()
    {
        if (AppDomain.CurrentDomain.GetAssemblies().Count(static assembly => assembly.GetName().Name == "IocEnrich.Engine") != 1)
        {
            throw new InvalidOperationException("The module has loaded an engine of its own, and this would not reach it.");
        }

        HandlerOf(VirusTotalHttp.For(Endpoint)) = new InstantService();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Report), RequestMessage = request });

    // The module has no way to hand in a handler, and should not have one for a benchmark's sake.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handler")]
    private static extern ref HttpMessageHandler HandlerOf(HttpMessageInvoker invoker);
}
