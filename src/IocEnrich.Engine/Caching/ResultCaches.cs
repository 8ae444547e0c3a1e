using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>The stores that are open in this process: one for each file, shared by all sessions.</summary>
public static class ResultCaches
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, ResultCache> Stores = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    static ResultCaches() => ProcessEnd.Do(ProcessEndStep.CloseStores, CloseAll);

    /// <summary>The store in a file. It is opened, or begun, where it is not open; one that has failed is opened anew.</summary>
    /// <param name="path">The file, or the folder it is in.</param>
    /// <param name="maxBytes">How large it may become before the oldest answers are dropped; it counts when the store is opened.</param>
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

    /// <summary>Closes all of them. What is on its way to the disk is written first.</summary>
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
