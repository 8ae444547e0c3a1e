namespace IocEnrich.Engine.Resilience;

/// <summary>When a service counts as down, and how long it is waited for.</summary>
internal sealed record CircuitBreakerPolicy
{
    /// <summary>So many failures in a row, over all workers, are a service that is down and not bad luck with some indicators.</summary>
    internal int FailuresInARow { get; init; } = 4;

    /// <summary>… if they lasted at least so long: many workers can have bad luck within a few milliseconds.</summary>
    internal TimeSpan ShortestRun { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The first pause. Each further one is twice as long.</summary>
    internal TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No pause is longer than this.</summary>
    internal TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a service is waited for, from the first failure on.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an endpoint is waited for that has never answered as the API: no network, or a wrong address, as a rule.
    /// </summary>
    internal TimeSpan PatienceWithStrangers { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Which probe is a retry. The others are first requests, which cost nothing: their indicators keep their retry for later. But only a
    /// retry tells a service that is down from one that fails every first request.
    /// </summary>
    internal int RetryProbe { get; init; } = 4;
}
