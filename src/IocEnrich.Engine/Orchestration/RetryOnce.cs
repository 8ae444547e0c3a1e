using Polly;
using Polly.Retry;

namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// The retry policy: a failure that could pass is tried exactly once more. Two requests for a failed indicator, never three, because
/// every request is paid for out of a scarce quota.
/// </summary>
internal static class RetryOnce
{
    /// <summary>How long the retry of a failure that could pass waits, give or take a quarter (jitter, so that workers spread out).</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long to wait where the service asks for patience and does not say how long: a whole window of its quota.</summary>
    internal static readonly TimeSpan QuotaWindow = TimeSpan.FromSeconds(60);

    /// <summary>No job waits longer than this at a stretch, whatever the service asks for.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    internal static ResiliencePipeline<LookupOutcome> Create(TimeProvider timeProvider) =>
        new ResiliencePipelineBuilder<LookupOutcome> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<LookupOutcome>
            {
                MaxRetryAttempts = 1,
                BackoffType = DelayBackoffType.Constant,
                Delay = Pause,
                UseJitter = true,
                ShouldHandle = static arguments => ValueTask.FromResult(
                    arguments.Outcome.Result.Failure is { Reach: FailureReach.Passing or FailureReach.SlowDown }),
                DelayGenerator = static arguments => ValueTask.FromResult(WaitBeforeRetry(arguments.Outcome.Result.Failure)),
            })
            .Build();

    // null: the strategy's own delay.
    private static TimeSpan? WaitBeforeRetry(LookupFailure? failure)
    {
        if (failure is not { Reach: FailureReach.SlowDown })
        {
            return null;
        }

        TimeSpan wait = failure.RetryAfter ?? QuotaWindow;
        return wait < LongestWait ? wait : LongestWait;
    }
}
