using System.Buffers.Text;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using IocEnrich.Engine.Http;

namespace IocEnrich.Benchmarks.Work;

/// <summary>
/// Answers the cmdlets' requests from memory, at once. Start-IocEnrichment knows one provider, and a server on loopback would be what is
/// measured; so the requests go their whole way but for the sockets.
/// </summary>
internal sealed class InstantService : HttpMessageHandler
{
    internal static Uri Endpoint { get; } = new("http://127.0.0.1:9/api/v3");

    /// <summary>Puts it in the place of the pool of connections that the module uses.</summary>
    internal static void Install()
    {
        if (AppDomain.CurrentDomain.GetAssemblies().Count(static assembly => assembly.GetName().Name == "IocEnrich.Engine") != 1)
        {
            throw new InvalidOperationException("The module has loaded an engine of its own, and this would not reach it.");
        }

        HandlerOf(HttpPools.For(Endpoint)) = new InstantService();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(ReportOn(request.RequestUri!)), RequestMessage = request });

    private static byte[] ReportOn(Uri address)
    {
        string[] segments = address.AbsolutePath.Split('/');
        string id = segments[^1];
        string type = segments[^2] switch
        {
            "files" => "file",
            "domains" => "domain",
            "ip_addresses" => "ip_address",
            _ => "url",
        };
        string about = type switch
        {
            "url" => $"\"attributes\":{{\"url\":\"{Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id))}\",",
            "file" when id.Length == 32 => $"\"attributes\":{{\"md5\":\"{id}\",",
            _ => $"\"id\":\"{id}\",\"attributes\":{{",
        };
        return Encoding.UTF8.GetBytes(
            $"{{\"data\":{{\"type\":\"{type}\",{about}\"last_analysis_stats\":{{\"malicious\":5,\"suspicious\":0,\"undetected\":60,\"harmless\":0}},\"reputation\":0}}}}}}");
    }

    // The module has no way to hand in a handler, and should not have one for a benchmark's sake.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handler")]
    private static extern ref HttpMessageHandler HandlerOf(HttpMessageInvoker invoker);
}
