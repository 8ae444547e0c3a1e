namespace IocEnrich.Engine.Ledger;

/// <summary>What a key has used at an endpoint, by all processes of this machine that keep the same ledger.</summary>
/// <param name="UsedInWindow">The requests that hold a place in the current window: those under way, and those answered within the last 60 seconds.</param>
/// <param name="UsedToday">The requests of this day (UTC).</param>
/// <param name="ResetsAt">When the next day begins.</param>
public sealed record LedgerUsage(int UsedInWindow, int UsedToday, DateTimeOffset ResetsAt);
