using System.Net;

namespace VirusTotal.Emulator;

/// <summary>How an emulated service behaves. Everything has a default that makes it answer at once, without limits.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The address to listen on. Only a loopback address is accepted.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on, 0 to 65535; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The keys that are accepted; <see langword="null"/> accepts any key that is not empty.</summary>
    public IReadOnlyCollection<string>? ApiKeys { get; init; }

    /// <summary>Keys that are known, but may do nothing: 403.</summary>
    public IReadOnlyCollection<string> ForbiddenKeys { get; init; } = [];

    /// <summary>Relationships that no key may ask for, as a key without the licence may not ask for premium ones: 403.</summary>
    public IReadOnlyCollection<string> ForbiddenRelationships { get; init; } = [];

    /// <summary>How long every answer takes, from zero.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How many requests a key may make in any 60 seconds; 0 for no limit.</summary>
    public int RequestsPerMinute { get; init; }

    /// <summary>How many requests a key may make in a day (UTC); 0 for no limit.</summary>
    public int RequestsPerDay { get; init; }

    /// <summary>What is known about indicators, in whatever form they are written; <see cref="AnswerBook.Set"/> changes it later.</summary>
    public IReadOnlyDictionary<string, EmulatedVerdict> Known { get; init; } = new Dictionary<string, EmulatedVerdict>();

    /// <summary>The faults there are from the beginning; see <see cref="EmulatorServer.Faults"/> for changes later on.</summary>
    public IReadOnlyCollection<FaultRule> Faults { get; init; } = [];

    /// <summary>The clock: of latency, quotas, faults and the log.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How many moments and how many distinct indicators the log remembers, from 1.</summary>
    public int MaxLoggedRequests { get; init; } = 250_000;

    /// <summary>Throws where a value is out of its range.</summary>
    internal void Validate()
    {
        if (!IPAddress.IsLoopback(Address))
        {
            throw new ArgumentException($"The emulator listens on loopback only, and {Address} is another address.", nameof(Address));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Port, nameof(Port));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, IPEndPoint.MaxPort, nameof(Port));
        ArgumentOutOfRangeException.ThrowIfLessThan(Latency, TimeSpan.Zero, nameof(Latency));
        ArgumentOutOfRangeException.ThrowIfNegative(RequestsPerMinute, nameof(RequestsPerMinute));
        ArgumentOutOfRangeException.ThrowIfNegative(RequestsPerDay, nameof(RequestsPerDay));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLoggedRequests, 1, nameof(MaxLoggedRequests));
    }
}
