using System.Management.Automation;
using IocEnrich.Engine.Store;

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
    internal static T Use<T>(PSCmdlet cmdlet, Func<AnswerStore, T> action)
    {
        try
        {
            return action(Open(cmdlet));
        }
        catch (StoreUnusableException damaged) when (damaged.WasSetAside)
        {
            cmdlet.WriteWarning(damaged.Message);
            return action(Open(cmdlet));
        }
    }

    private static AnswerStore Open(PSCmdlet cmdlet)
    {
        AnswerStore store = AnswerStores.Open(Path);
        if (store.TakeNotice() is { } notice)
        {
            cmdlet.WriteWarning(DisplayText.Clean(notice, DisplayText.MaxMessageLength));
        }

        return store;
    }
}
