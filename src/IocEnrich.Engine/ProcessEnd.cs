using System.Runtime.InteropServices;

namespace IocEnrich.Engine;

/// <summary>
/// What is done before the process ends: on <c>exit</c>, and when somebody ends it with SIGTERM (kill, a service manager) or SIGHUP (the
/// terminal was closed). From .NET 10 on the runtime does nothing of its own for these signals: the process would end at once. It ends all
/// the same, when all is done.
/// </summary>
internal static class ProcessEnd
{
    private static readonly object Gate = new();
    private static readonly List<(ProcessEndStep Step, Action Action)> Actions = [];

    // Held, because a registration that is collected is one no longer.
    private static readonly PosixSignalRegistration[] Signals =
        [PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal)];

    static ProcessEnd() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => RunAll();

    /// <summary>Has something done when the process ends. It may be done twice, must not take long, and must not throw.</summary>
    internal static void Do(ProcessEndStep step, Action action)
    {
        lock (Gate)
        {
            Actions.Add((step, action));
        }
    }

    private static void OnSignal(PosixSignalContext context)
    {
        GC.KeepAlive(Signals);
        RunAll();
    }

    private static void RunAll()
    {
        Action[] actions;
        lock (Gate)
        {
            actions = [.. Actions.OrderBy(static action => action.Step).Select(static action => action.Action)];
        }

        Array.ForEach(actions, static action => action());
    }
}

/// <summary>In which order things are done when the process ends.</summary>
internal enum ProcessEndStep
{
    /// <summary>The jobs stop: nothing is asked any more.</summary>
    StopJobs = 0,

    /// <summary>What the process holds of quotas is given back.</summary>
    SettleQuotas,

    /// <summary>What has been answered is written.</summary>
    CloseStores,
}
