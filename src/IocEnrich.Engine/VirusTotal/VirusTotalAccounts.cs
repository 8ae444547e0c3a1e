using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using IocEnrich.Engine.Quotas;
using IocEnrich.Engine.Store;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>The accounts of this process: one for each key and endpoint, whichever session uses them.</summary>
public static class VirusTotalAccounts
{
    private static readonly ConcurrentDictionary<string, ServiceAccount> Accounts = new();

    static VirusTotalAccounts() => ProcessEnd.Do(ProcessEndStep.SettleQuotas, SettleAll);

    /// <summary>The account that a key has at an endpoint.</summary>
    /// <param name="options">The key and the endpoint.</param>
    /// <param name="store">
    /// Where the processes of this machine keep their ledger, so that the quota holds for all of them together; <see langword="null"/>
    /// leaves the account as it is.
    /// </param>
    public static ServiceAccount Of(VirusTotalOptions options, AnswerStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The key itself is not held here any longer than it takes to tell two keys apart.
        string endpoint = options.Endpoint.AbsoluteUri.TrimEnd('/');
        byte[] identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint}\n{options.ApiKey.Reveal()}"));
        ServiceAccount account = Accounts.GetOrAdd(Convert.ToHexString(identity), static _ => new ServiceAccount());
        if (store is not null)
        {
            account.AttachLedger(store.File, identity);
        }

        return account;
    }

    /// <summary>What this process has in hand and has not used is free for the others at once.</summary>
    private static void SettleAll()
    {
        foreach (ServiceAccount account in Accounts.Values)
        {
            account.Gate.Settle();
        }
    }
}
