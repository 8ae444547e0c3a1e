namespace IocEnrich.Engine.Limiting;

/// <summary>What holds the requests of a job up.</summary>
internal enum QuotaWait
{
    /// <summary>Nothing: none of them waits.</summary>
    None = 0,

    /// <summary>The quota of the minute.</summary>
    Quota,

    /// <summary>The service, which asked to slow down.</summary>
    Throttled,

    /// <summary>The service, which seems to be down.</summary>
    Outage,
}

/// <summary>What the quota of a key holds for a job at one moment.</summary>
internal readonly record struct QuotaSnapshot
{
    /// <summary>The limits that the job goes by.</summary>
    internal required QuotaLimits Limits { get; init; }

    /// <summary>What its requests wait for.</summary>
    internal QuotaWait Wait { get; init; }

    /// <summary>Until when, as far as that is known.</summary>
    internal DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>How many requests the day still holds; <see langword="null"/> for no limit.</summary>
    internal int? LeftToday { get; init; }

    /// <summary>When the day ends.</summary>
    internal DateTimeOffset DayEnds { get; init; }

    /// <summary>How many requests could be sent at once.</summary>
    internal int Room { get; init; }

    /// <summary>When, after those, the next could be sent.</summary>
    internal DateTimeOffset NextAt { get; init; }

    /// <summary>How many requests with the key are under way, this job's or others'.</summary>
    internal int UnderWay { get; init; }

    /// <summary>How many jobs take turns, this one included; 1 or more.</summary>
    internal int Turns { get; init; }

    /// <summary>What the requests wait for, in a few words.</summary>
    internal string? WaitingFor => Wait switch
    {
        QuotaWait.Quota => "the limit per minute",
        QuotaWait.Throttled => "the service, which rate limited the key",
        QuotaWait.Outage => "the service, which seems to be down",
        _ => null,
    };
}
