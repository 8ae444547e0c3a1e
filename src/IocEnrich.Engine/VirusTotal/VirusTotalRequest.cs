using System.Net;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>A request as the service wants it.</summary>
internal static class VirusTotalRequest
{
    /// <summary>What a path is put behind: the endpoint with one slash at its end.</summary>
    internal static string BaseOf(Uri endpoint) => endpoint.AbsoluteUri.TrimEnd('/') + "/";

    /// <summary>Who is asked, as people name it.</summary>
    internal static string HostOf(Uri endpoint) => endpoint.IsDefaultPort ? endpoint.Host : endpoint.Authority;

    internal static HttpRequestMessage Get(string baseAddress, string path, ApiKey key)
    {
        HttpRequestMessage request = new(HttpMethod.Get, new Uri(baseAddress + path, UriKind.Absolute))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("x-apikey", key.Reveal());
        return request;
    }
}
