using System.Management.Automation;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Sqlite;

namespace IocEnrich.PowerShell.Session;

/// <summary>The store of known answers, as a cmdlet comes by it.</summary>
internal static class SessionStore
{
    /// <summary>The full name of the file, as the session's options say.</summary>
    internal static string Path => StorePath.Of(EnrichmentSession.Current.Options.Get(SessionOptions.CachePath));

    /// <summary>
    /// Does something with the store. A damaged file is set aside and begun anew; whether that was found on opening it or in use, a
    /// warning says so.
    /// </summary>
    /// <exception cref="StoreUnusableException">It cannot be used.</exception>
    internal static T Use<T>(PSCmdlet cmdlet, Func<ResultCache, T> action) => Use(Path, cmdlet.WriteWarning, action);

    /// <summary>Does something with a store; as the other, but on any thread.</summary>
    /// <param name="warn">Takes a warning.</param>
    /// <param name="action">What is done.</param>
    /// <exception cref="StoreUnusableException">It cannot be used.</exception>
    internal static T Use<T>(string path, Action<string> warn, Func<ResultCache, T> action)
    {
        try
        {
            return action(Open(path, warn));
        }
        catch (StoreUnusableException damaged) when (damaged.WasSetAside)
        {
            warn(damaged.Message);
            return action(Open(path, warn));
        }
    }

    private static ResultCache Open(string path, Action<string> warn)
    {
        ResultCache store = ResultCaches.Open(path);
        if (store.TakeNotice() is { } notice)
        {
            warn(DisplayText.Clean(notice, DisplayText.MaxMessageLength));
        }

        return store;
    }
}
