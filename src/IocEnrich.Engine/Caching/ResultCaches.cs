using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>The open caches of this process: one for each file, shared by all sessions.</summary>
public static class ResultCaches
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, ResultCache> Stores = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    static ResultCaches() => ProcessEnd.Do(ProcessEndStep.CloseStores, CloseAll);

    /// <summary>The cache in a file. It is opened or created if necessary; a failed one is opened again.</summary>
    /// <param name="path">The file, or its folder.</param>
    /// <param name="maxBytes">
    /// The maximum size in bytes, beyond which the oldest answers are removed; used when the cache is opened.
    /// </param>
    /// <exception cref="StoreUnusableException">It cannot be used.</exception>
    public static ResultCache Open(string path, long maxBytes = StoreSize.DefaultMaxBytes)
    {
        string file = StorePath.Of(path);
        lock (Gate)
        {
            if (Stores.TryGetValue(file, out ResultCache? open))
            {
                // A file that somebody deleted is still there for this process, but for nobody else.
                if (open.Problem is null && File.Exists(file))
                {
                    return open;
                }

                Stores.Remove(file);
                open.Dispose();
            }

            return Stores[file] = ResultCache.Open(file, maxBytes);
        }
    }

    /// <summary>Writes pending answers, and closes all caches.</summary>
    public static void CloseAll()
    {
        lock (Gate)
        {
            foreach (ResultCache store in Stores.Values)
            {
                store.Dispose();
            }

            Stores.Clear();
        }
    }
}
