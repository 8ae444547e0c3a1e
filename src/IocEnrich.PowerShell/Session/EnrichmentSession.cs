using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.PowerShell.Session;

/// <summary>
/// What one runspace owns: its orchestrator. A static field would be shared by every runspace of the process; this is found by the
/// runspace and goes with it.
/// </summary>
internal sealed class EnrichmentSession
{
    private static readonly ConditionalWeakTable<Runspace, EnrichmentSession> Sessions = [];

    private EnrichmentSession(Runspace runspace) => runspace.StateChanged += OnStateChanged;

    /// <summary>The session of the calling pipeline thread. Resolve it there and hand it down: workers have no runspace.</summary>
    internal static EnrichmentSession Current
    {
        get
        {
            Runspace runspace = Runspace.DefaultRunspace
                ?? throw new InvalidOperationException("The session of a cmdlet was asked for on a thread without a runspace.");
            return Sessions.GetValue(runspace, static runspace => new EnrichmentSession(runspace));
        }
    }

    /// <summary>Runs the jobs of the runspace.</summary>
    internal EnrichmentOrchestrator Orchestrator { get; } = new();

    private void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
        {
            Orchestrator.StopAll();
        }
    }
}
