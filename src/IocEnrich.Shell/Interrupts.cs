using System.Runtime.InteropServices;

namespace IocEnrich.Shell;

/// <summary>
/// Ctrl+C, SIGTERM and SIGHUP. The first one ends what the shell is doing and leaves the process alive to tidy up. One more while that
/// takes its time, or one when there is nothing to stop, has its usual effect: the process ends.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly Lock _sync = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Scope? _current;

    public Interrupts()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = Handle(endsSession: null)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = Handle(ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = Handle(ExitCode.HangUp)),
        ];
    }

    /// <summary>The exit code of the signal that told the whole shell to end, if one did.</summary>
    public int? EndsSession { get; private set; }

    /// <summary>Fires when what the shell is doing now is to stop.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_sync)
            {
                return _current?.Token ?? CancellationToken.None;
            }
        }
    }

    /// <summary>Begins something that an interrupt stops, until the scope is disposed. Scopes do not nest.</summary>
    public Scope Begin()
    {
        lock (_sync)
        {
            _current = new Scope(this);
            if (EndsSession is not null)
            {
                _current.Cancel();
            }

            return _current;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    /// <summary>Whether there was something to stop.</summary>
    private bool Handle(int? endsSession)
    {
        Scope? scope;
        lock (_sync)
        {
            scope = _current;
            if (scope is null || scope.Token.IsCancellationRequested)
            {
                return false;
            }

            EndsSession ??= endsSession;
        }

        scope.Cancel();
        return true;
    }

    /// <summary>One thing that can be stopped.</summary>
    public sealed class Scope(Interrupts owner) : IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public CancellationToken Token => _source.Token;

        public bool WasInterrupted => _source.IsCancellationRequested;

        // Not disposed, because a signal may arrive on another thread at the very end; without a timer a source holds nothing to release.
        public void Dispose()
        {
            lock (owner._sync)
            {
                owner._current = null;
            }
        }

        internal void Cancel() => _source.Cancel();
    }
}
