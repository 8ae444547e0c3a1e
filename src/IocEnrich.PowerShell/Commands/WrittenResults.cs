namespace IocEnrich.PowerShell.Commands;

/// <summary>What a command has written so far, so that it can go back into the jobs where nobody gets it.</summary>
internal sealed class WrittenResults
{
    // In the order in which it was written: the results of one job beside those of another.
    private readonly List<(JobReader Reader, EnrichmentResult Result)> _results = [];
    private readonly List<JobReader> _reasons = [];

    internal void Add(JobReader reader, EnrichmentResult result) => _results.Add((reader, result));

    /// <summary>The job's reason was told as well.</summary>
    internal void AddReason(JobReader reader) => _reasons.Add(reader);

    /// <summary>Puts all of it back, to the front and in its order. A second time there is nothing left to do.</summary>
    internal void PutBack()
    {
        foreach (IGrouping<JobReader, (JobReader Reader, EnrichmentResult Result)> job in _results.GroupBy(static written => written.Reader))
        {
            job.Key.PutBack([.. job.Select(static written => written.Result)]);
        }

        _reasons.ForEach(static reader => reader.PutBackReason());
        _results.Clear();
        _reasons.Clear();
    }
}
