using System.Globalization;

namespace IocEnrich;

/// <summary>How far a job is, at one moment: a snapshot that does not change, and nothing done to it changes the job.</summary>
public sealed record EnrichmentProgress
{
    /// <summary>Whether it runs, or how it ended.</summary>
    public EnrichmentJobState State { get; init; }

    /// <summary>Why it ended early; <see langword="null"/> unless <see cref="State"/> is Failed.</summary>
    public EnrichmentError? Error { get; init; }

    /// <summary>Whether all indicators have been read; until then <see cref="Total"/> still grows.</summary>
    public bool InputComplete { get; init; }

    /// <summary>How many distinct indicators have arrived.</summary>
    public int Total { get; init; }

    /// <summary>How many of them have their result.</summary>
    public int Done => Found + NotFound + Skipped + Failed;

    /// <summary>How many results are Found.</summary>
    public int Found { get; init; }

    /// <summary>How many results are NotFound.</summary>
    public int NotFound { get; init; }

    /// <summary>How many results are Skipped.</summary>
    public int Skipped { get; init; }

    /// <summary>How many results are Failed.</summary>
    public int Failed { get; init; }

    /// <summary>How many of the failed were not asked, because the job ended first (see <see cref="EnrichmentResult.WasLeftOver"/>).</summary>
    public int NotAsked { get; init; }

    /// <summary>How many results have the verdict Malicious.</summary>
    public int Malicious { get; init; }

    /// <summary>How many results have the verdict Suspicious.</summary>
    public int Suspicious { get; init; }

    /// <summary>How many results have the verdict Harmless.</summary>
    public int Harmless { get; init; }

    /// <summary>How many results have the verdict Undetected.</summary>
    public int Undetected { get; init; }

    /// <summary>How many results have no verdict: not found, skipped, failed, or found without an analysis.</summary>
    public int Unknown => Done - Malicious - Suspicious - Harmless - Undetected;

    /// <summary>How many results were known already, and cost no request.</summary>
    public int FromCache { get; init; }

    /// <summary>How many requests have been sent.</summary>
    public long Requests { get; init; }

    /// <summary>How many requests the day's budget still holds, for everybody who uses the key; <see langword="null"/> without a budget.</summary>
    public int? RequestsLeftToday { get; init; }

    /// <summary>How many results nobody has received yet.</summary>
    public int Waiting { get; init; }

    /// <summary>
    /// What all requests with the job's key wait for at the moment, in a few words: the quota, a service that asked for patience or that
    /// is down. <see langword="null"/> where nothing holds them up.
    /// </summary>
    public string? WaitingFor { get; init; }

    /// <summary>Until when, as far as that is known now (UTC).</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>
    /// What the job has to do without, and why, in a sentence: the store of known answers. <see langword="null"/> where it has all.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>When the job began (UTC).</summary>
    public DateTimeOffset StartTime { get; init; }

    /// <summary>When it ended (UTC); <see langword="null"/> while it runs.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>How long it has been running, or ran.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// How many results a minute there were: in the last two minutes while it runs, on the whole once it has ended. What was skipped does
    /// not count. While requests wait for the quota, the burst at the beginning of a minute is not taken for the pace.
    /// </summary>
    public double ResultsPerMinute { get; init; }

    /// <summary>
    /// When the job will have ended (UTC), as far as can be told: from what is left, the limits and the pace. It takes each indicator that
    /// is left for one request, so answers that are known already make it earlier. <see langword="null"/> where nothing can be told, and
    /// after the end.
    /// </summary>
    public DateTimeOffset? EstimatedEnd { get; init; }

    /// <summary>
    /// How many of those left the day's budget will probably not cover: the job will end at <see cref="EstimatedEnd"/> without having asked
    /// for them.
    /// </summary>
    public int BeyondBudget { get; init; }

    /// <summary>
    /// Several jobs as if they were one. The end is that of the last, and known only where it is known of all that still run; the budget
    /// is the smallest.
    /// </summary>
    /// <param name="jobs">Their snapshots; one or more.</param>
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

    /// <summary>The snapshot in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{State}, {Done} of {Total} done: {Malicious} malicious, {Suspicious} suspicious, {Failed} failed");
}
