using System.Globalization;

namespace IocEnrich;

/// <summary>The texts about the progress of a job: for the views, and for the progress bar.</summary>
public static class ProgressText
{
    /// <summary>How many indicators have a result: <c>120 of 10,000</c>, with a plus while input is still arriving.</summary>
    public static string Done(EnrichmentProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return Text($"{progress.Done:N0} of {progress.Total:N0}{(progress.InputComplete ? "" : "+")}");
    }

    /// <summary>
    /// The results by status: <c>100 found, 15 not found, 5 skipped, 0 failed</c>, with how many of the failed were not looked up.
    /// </summary>
    public static string Results(EnrichmentProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        string notAsked = progress.NotAsked == 0 ? "" : Text($" ({progress.NotAsked:N0} of them not looked up)");
        return Text($"{progress.Found:N0} found, {progress.NotFound:N0} not found, {progress.Skipped:N0} skipped, {progress.Failed:N0} failed{notAsked}");
    }

    /// <summary>The results by verdict, the worst first.</summary>
    public static string Verdicts(EnrichmentProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return Text($"{progress.Malicious:N0} malicious, {progress.Suspicious:N0} suspicious, {progress.Harmless:N0} harmless, {progress.Undetected:N0} undetected, {progress.Unknown:N0} unknown");
    }

    /// <summary>The requests, and those saved: <c>115 sent, 380 left today; 12 results from the cache</c>.</summary>
    public static string Requests(EnrichmentProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        string left = progress.RequestsLeftToday is { } today ? Text($", {today:N0} left today") : "";
        string known = progress.FromCache switch
        {
            0 => "",
            1 => "; 1 result from the cache",
            _ => Text($"; {progress.FromCache:N0} results from the cache"),
        };
        return Text($"{progress.Requests:N0} sent{left}{known}");
    }

    /// <summary>The rate: <c>4 a minute</c>.</summary>
    public static string Rate(EnrichmentProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return Text($"{Math.Round(progress.ResultsPerMinute, progress.ResultsPerMinute < 9.95 ? 1 : 0):#,0.#} a minute");
    }

    /// <summary>What the requests are waiting for, and until when; empty if they are not waiting.</summary>
    public static string WaitsFor(EnrichmentProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        string until = progress.WaitingUntil is { } time ? Text($", next request at {time.LocalDateTime:HH:mm:ss}") : "";
        return progress.WaitingFor is null ? "" : progress.WaitingFor + until;
    }

    /// <summary>The estimated end, and how many indicators exceed the day's quota; empty if there is no estimate.</summary>
    /// <param name="now">The current time; by default the system's.</param>
    /// <param name="zone">The time zone; by default the machine's.</param>
    public static string End(EnrichmentProgress progress, DateTimeOffset? now = null, TimeZoneInfo? zone = null)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (progress.EstimatedEnd is not { } end)
        {
            return "";
        }

        string notAsked = progress.BeyondBudget == 0 ? "" : Text($" with {progress.BeyondBudget:N0} not looked up (daily quota)");
        return $"ends about {DisplayTime.Clock(end, now, zone)}{notAsked}";
    }

    /// <summary>The progress of several jobs in one line, the most important first: done, malicious, end, rate, left today.</summary>
    /// <param name="jobs">The snapshots; one or more.</param>
    /// <param name="now">The current time; by default the system's.</param>
    /// <param name="zone">The time zone; by default the machine's.</param>
    public static string Waiting(IReadOnlyList<EnrichmentProgress> jobs, DateTimeOffset? now = null, TimeZoneInfo? zone = null)
    {
        EnrichmentProgress all = EnrichmentProgress.Together(jobs);
        string inJobs = jobs.Count == 1 ? "" : Text($" in {jobs.Count:N0} jobs");
        List<string> parts = [Done(all) + inJobs];
        if (all.Malicious > 0)
        {
            parts.Add(Text($"{all.Malicious:N0} malicious"));
        }

        if (all.EstimatedEnd is not null)
        {
            parts.Add(End(all, now, zone));
        }
        else if (all.WaitingFor is not null)
        {
            parts.Add("waits for " + WaitsFor(all));
        }

        if (all.ResultsPerMinute > 0)
        {
            parts.Add(Rate(all));
        }

        if (all.RequestsLeftToday is { } left)
        {
            parts.Add(Text($"{left:N0} left today"));
        }

        return string.Join(", ", parts);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
