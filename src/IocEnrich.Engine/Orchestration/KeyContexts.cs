using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Orchestration;

/// <summary>The key contexts of this process: one for each key and endpoint, whichever session uses them.</summary>
public static class KeyContexts
{
    private static readonly ConcurrentDictionary<string, KeyContext> Contexts = new();

    static KeyContexts() => ProcessEnd.Do(ProcessEndStep.SettleQuotas, SettleAll);

    /// <summary>The context that a key has at an endpoint.</summary>
    /// <param name="store">
    /// Where the processes of this machine keep their ledger, so that the quota holds for all of them together; <see langword="null"/>
    /// leaves the context as it is.
    /// </param>
    public static KeyContext Of(Uri endpoint, ApiKey key, ResultCache? store = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(key);

        // The key itself is not held here any longer than it takes to tell two keys apart.
        byte[] identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint.AbsoluteUri.TrimEnd('/')}\n{key.Reveal()}"));
        KeyContext context = Contexts.GetOrAdd(Convert.ToHexString(identity), static _ => new KeyContext());
        if (store is not null)
        {
            context.AttachLedger(store.File, identity);
        }

        return context;
    }

    /// <summary>What this process has in hand and has not used is free for the others at once.</summary>
    private static void SettleAll()
    {
        foreach (KeyContext context in Contexts.Values)
        {
            context.Limiter.Settle();
        }
    }
}
