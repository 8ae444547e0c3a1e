using System.Globalization;

namespace IocEnrich;

/// <summary>The progress of a job at one moment: an immutable snapshot.</summary>
public sealed record EnrichmentProgress
{
    /// <summary>Whether the job is running, or how it ended.</summary>
    public EnrichmentJobState State { get; init; }

    /// <summary>Why the job ended early; <see langword="null"/> unless <see cref="State"/> is Failed.</summary>
    public EnrichmentError? Error { get; init; }

    /// <summary>Whether all indicators have been read; until then <see cref="Total"/> still grows.</summary>
    public bool InputComplete { get; init; }

    /// <summary>How many distinct indicators have arrived.</summary>
    public int Total { get; init; }

    /// <summary>How many of them have a result.</summary>
    public int Done => Found + NotFound + Skipped + Failed;

    /// <summary>How many results are Found.</summary>
    public int Found { get; init; }

    /// <summary>How many results are NotFound.</summary>
    public int NotFound { get; init; }

    /// <summary>How many results are Skipped.</summary>
    public int Skipped { get; init; }

    /// <summary>How many results are Failed.</summary>
    public int Failed { get; init; }

    /// <summary>
    /// How many of the failed were not looked up, because the job ended first (see <see cref="EnrichmentResult.WasLeftOver"/>).
    /// </summary>
    public int NotAsked { get; init; }

    /// <summary>How many results have the verdict Malicious.</summary>
    public int Malicious { get; init; }

    /// <summary>How many results have the verdict Suspicious.</summary>
    public int Suspicious { get; init; }

    /// <summary>How many results have the verdict Harmless.</summary>
    public int Harmless { get; init; }

    /// <summary>How many results have the verdict Undetected.</summary>
    public int Undetected { get; init; }

    /// <summary>How many results have the verdict Unknown: not found, skipped, failed, or found without an analysis.</summary>
    public int Unknown => Done - Malicious - Suspicious - Harmless - Undetected;

    /// <summary>How many results came from the cache, and cost no request.</summary>
    public int FromCache { get; init; }

    /// <summary>How many requests have been sent.</summary>
    public long Requests { get; init; }

    /// <summary>How many requests are left today for the key; <see langword="null"/> without a daily limit.</summary>
    public int? RequestsLeftToday { get; init; }

    /// <summary>How many results have not been received yet.</summary>
    public int Waiting { get; init; }

    /// <summary>
    /// What requests with the job's key are waiting for, in a few words: the quota, or a service that rate limited the key or is down. <see langword="null"/> if they are not waiting.
    /// </summary>
    public string? WaitingFor { get; init; }

    /// <summary>Until when they wait, as far as known (UTC).</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>
    /// A problem that the job works around, in a sentence, such as an unusable cache. <see langword="null"/> if there is none.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>When the job began (UTC).</summary>
    public DateTimeOffset StartTime { get; init; }

    /// <summary>When the job ended (UTC); <see langword="null"/> while it runs.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>How long the job has been running, or ran.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// Results per minute: over the last two minutes while the job runs, overall once it has ended. Skipped results do not count. While
    /// requests wait for the quota, the burst at the beginning of a minute is not mistaken for the rate.
    /// </summary>
    public double ResultsPerMinute { get; init; }

    /// <summary>
    /// The estimated end of the job (UTC), from the remaining indicators, the limits and the rate. Each remaining indicator counts as one
    /// request, so cached answers make it earlier. <see langword="null"/> if there is no estimate, and after the end.
    /// </summary>
    public DateTimeOffset? EstimatedEnd { get; init; }

    /// <summary>
    /// How many of the remaining indicators will probably exceed the day's quota: the job will end at <see cref="EstimatedEnd"/> without
    /// looking them up.
    /// </summary>
    public int BeyondBudget { get; init; }

    /// <summary>
    /// Several jobs as if they were one. The end is that of the last, and known only where it is known of all that still run; the budget
    /// is the smallest.
    /// </summary>
    /// <param name="jobs">The snapshots; one or more.</param>
    internal static EnrichmentProgress Together(IReadOnlyList<EnrichmentProgress> jobs)
    {
        if (jobs.Count == 1)
        {
            return jobs[0];
        }

        EnrichmentProgress[] running = [.. jobs.Where(static job => job.State == EnrichmentJobState.Running)];
        EnrichmentProgress? waits = running.FirstOrDefault(static job => job.WaitingFor is not null);
        return new EnrichmentProgress
        {
            InputComplete = jobs.All(static job => job.InputComplete),
            Total = jobs.Sum(static job => job.Total),
            Found = jobs.Sum(static job => job.Found),
            NotFound = jobs.Sum(static job => job.NotFound),
            Skipped = jobs.Sum(static job => job.Skipped),
            Failed = jobs.Sum(static job => job.Failed),
            Malicious = jobs.Sum(static job => job.Malicious),
            ResultsPerMinute = running.Sum(static job => job.ResultsPerMinute),
            RequestsLeftToday = running.Min(static job => job.RequestsLeftToday),
            WaitingFor = waits?.WaitingFor,
            WaitingUntil = waits?.WaitingUntil,
            EstimatedEnd = running.All(static job => job.EstimatedEnd is not null) ? running.Max(static job => job.EstimatedEnd) : null,
            BeyondBudget = running.Sum(static job => job.BeyondBudget),
        };
    }

    /// <summary>The snapshot in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{State}, {Done} of {Total} done: {Malicious} malicious, {Suspicious} suspicious, {Failed} failed");
}
