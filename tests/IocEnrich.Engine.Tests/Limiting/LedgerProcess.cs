using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Limiting;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Limiting;

/// <summary>One process of a <see cref="LedgerMachine"/>: its gate, and workers that send one request after the other.</summary>
internal sealed class LedgerProcess
{
    private readonly LedgerMachine _machine;
    private readonly FakeTimeProvider _time;
    private readonly List<Task<LeaseResult>> _waiting = [];
    private readonly List<(RequestLease RequestLease, DateTimeOffset EndsAt)> _underWay = [];
    private RequestQueue _queue = new(QuotaLimits.None);
    private int _throttleLimit;
    private int _toAsk;

    internal LedgerProcess(LedgerMachine machine, FakeTimeProvider time, IQuotaLedger ledger)
    {
        _machine = machine;
        _time = time;
        Limiter = new RequestLimiter(time);
        Limiter.Attach(ledger);
    }

    internal RequestLimiter Limiter { get; }

    internal int Answered { get; private set; }

    /// <summary>Why nobody may ask any more; <see langword="null"/> where that was not said.</summary>
    internal EnrichmentError? Refusal { get; private set; }

    internal bool IsDone => _toAsk == 0 && _waiting.Count == 0 && _underWay.Count == 0;

    internal LedgerProcess Ask(int requests, QuotaLimits limits, int throttleLimit = 4)
    {
        _toAsk = requests;
        _queue = new RequestQueue(limits);
        _throttleLimit = throttleLimit;
        Refusal = null;
        return this;
    }

    /// <summary>Does what can be done now.</summary>
    /// <returns>Whether there is nothing more to do until time goes on.</returns>
    internal bool Settle()
    {
        int changes = _underWay.RemoveAll(End) + _waiting.RemoveAll(Take);
        for (; _toAsk > 0 && _waiting.Count + _underWay.Count < _throttleLimit; _toAsk--, changes++)
        {
            _waiting.Add(Limiter.EnterAsync(_queue, isRetry: false, CancellationToken.None).AsTask());
        }

        // Who is let in under the gate's lock knows of it a moment later.
        (int waiting, bool isExchanging) = Limiter.Activity;
        return changes == 0 && !isExchanging && waiting == _waiting.Count;
    }

    private bool Take(Task<LeaseResult> waiter)
    {
        if (!waiter.IsCompleted)
        {
            return false;
        }

        if (waiter.Result.RequestLease is { } permit)
        {
            _machine.Send();
            _underWay.Add((permit, _time.GetUtcNow() + _machine.Latency));
        }
        else
        {
            Refusal = waiter.Result.Refusal;
            _toAsk = 0;
        }

        return true;
    }

    private bool End((RequestLease RequestLease, DateTimeOffset EndsAt) request)
    {
        if (_time.GetUtcNow() < request.EndsAt)
        {
            return false;
        }

        Answered++;
        request.RequestLease.End();
        return true;
    }
}
