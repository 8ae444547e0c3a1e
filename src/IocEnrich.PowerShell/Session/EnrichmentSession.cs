using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;

namespace IocEnrich.PowerShell.Session;

/// <summary>
/// What one runspace owns: its options and its orchestrator. A static field would be shared by every runspace of the process; this is
/// found by the runspace and goes with it.
/// </summary>
internal sealed class EnrichmentSession
{
    private static readonly ConditionalWeakTable<Runspace, EnrichmentSession> Sessions = [];

    // Made when the first job is: options alone, in a profile, load no engine.
    private EnrichmentOrchestrator? _orchestrator;

    private ProviderDefinition? _provider;

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

    /// <summary>What counts where no parameter says otherwise.</summary>
    internal SessionOptions Options { get; } = new();

    /// <summary>Who is asked. There is one provider so far, and no parameter: tests set another.</summary>
    internal ProviderDefinition Provider
    {
        get => _provider ??= ProviderRegistry.Default;
        set => _provider = value;
    }

    /// <summary>Runs the jobs of the runspace.</summary>
    internal EnrichmentOrchestrator Orchestrator => LazyInitializer.EnsureInitialized(ref _orchestrator, static () => new EnrichmentOrchestrator());

    private void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
        {
            Volatile.Read(ref _orchestrator)?.StopAll();
        }
    }
}
