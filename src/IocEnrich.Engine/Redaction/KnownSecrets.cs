using System.Text;

namespace IocEnrich.Engine.Redaction;

/// <summary>A text that must not be shown, as long as somebody holds it.</summary>
internal sealed class Secret(string value)
{
    internal string Value => value;
}

/// <summary>
/// The secrets that this process holds: keys, and the passwords of proxies. It does not keep them: one that nobody holds any more is
/// forgotten. Thread-safe.
/// </summary>
internal static class KnownSecrets
{
    /// <summary>What is shorter is no secret, and would be found in the middle of ordinary words.</summary>
    internal const int ShortestLength = 6;

    private const string Mark = "(secret)";

    private static readonly string[] ProxyVariables = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];
    private static readonly object Lock = new();
    private static volatile WeakReference<Secret>[] s_all = [];

    /// <summary>Remembers a secret for as long as what is returned is held.</summary>
    internal static Secret Hold(string value)
    {
        lock (Lock)
        {
            List<WeakReference<Secret>> alive = [];
            Secret? same = null;
            foreach (WeakReference<Secret> known in s_all)
            {
                if (known.TryGetTarget(out Secret? secret))
                {
                    alive.Add(known);
                    same = secret.Value == value ? secret : same;
                }
            }

            if (same is null)
            {
                same = new Secret(value);
                alive.Add(new WeakReference<Secret>(same));
            }

            s_all = [.. alive];
            return same;
        }
    }

    /// <summary>Takes every secret that is held out of a text.</summary>
    internal static string TakeOut(string text)
    {
        foreach (WeakReference<Secret> known in s_all)
        {
            if (known.TryGetTarget(out Secret? secret))
            {
                text = TakeOut(text, secret.Value);
            }
        }

        return text;
    }

    /// <summary>Takes out of a text what the environment says of a proxy's user: nobody holds that, but exceptions name the proxy.</summary>
    internal static string TakeOutProxies(string text)
    {
        foreach (string variable in ProxyVariables)
        {
            string? proxy = Environment.GetEnvironmentVariable(variable);
            int at = proxy?.LastIndexOf('@') ?? -1;
            if (at < 0)
            {
                continue;
            }

            int start = proxy!.IndexOf("://", StringComparison.Ordinal) is >= 0 and int scheme && scheme + 3 <= at ? scheme + 3 : 0;
            string user = proxy[start..at];
            int colon = user.IndexOf(':', StringComparison.Ordinal);
            string plain = Uri.UnescapeDataString(user);
            text = TakeOut(text, user);
            text = TakeOut(text, plain);
            text = TakeOut(text, Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)));
            if (colon >= 0)
            {
                text = TakeOut(text, user[(colon + 1)..]);
                text = TakeOut(text, Uri.UnescapeDataString(user[(colon + 1)..]));
            }
        }

        return text;
    }

    private static string TakeOut(string text, string secret)
    {
        if (secret.Length < ShortestLength || text.Length < secret.Length)
        {
            return text;
        }

        text = text.Replace(secret, Mark, StringComparison.OrdinalIgnoreCase);
        string escaped = Uri.EscapeDataString(secret);
        return escaped.Length == secret.Length ? text : text.Replace(escaped, Mark, StringComparison.OrdinalIgnoreCase);
    }
}
