using IocEnrich.Engine.Providers;
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

    internal static ResiliencePipeline<LookupOutcome> Create(TimeProvider timeProvider) =>
        new ResiliencePipelineBuilder<LookupOutcome> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<LookupOutcome>
            {
                MaxRetryAttempts = 1,
                BackoffType = DelayBackoffType.Constant,
                Delay = Pause,
                UseJitter = true,
                ShouldHandle = static arguments => ValueTask.FromResult(
                    arguments.Outcome.Result.Failure is { Scope: FailureScope.Passing or FailureScope.Throttled }),
                DelayGenerator = static arguments => ValueTask.FromResult(OwnPause(arguments.Outcome.Result.Failure)),
            })
            .Build();

    // Where the service asks for patience, the limiter of the key makes everybody wait, and this indicator with them.
    // null is the strategy's own delay.
    private static TimeSpan? OwnPause(LookupFailure? failure) => failure is { Scope: FailureScope.Throttled } ? TimeSpan.Zero : null;
}
