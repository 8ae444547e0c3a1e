using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using IocEnrich.Engine.Quotas;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>The accounts of this process: one for each key and endpoint, whichever session uses them.</summary>
public static class VirusTotalAccounts
{
    private static readonly ConcurrentDictionary<(string Endpoint, string KeyHash), ServiceAccount> Accounts = new();

    /// <summary>The account that a key has at an endpoint.</summary>
    public static ServiceAccount Of(VirusTotalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The key itself is not held here any longer than it takes to tell two keys apart.
        string keyHash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(options.ApiKey.Reveal())));
        return Accounts.GetOrAdd((options.Endpoint.AbsoluteUri.TrimEnd('/'), keyHash), static _ => new ServiceAccount());
    }
}
