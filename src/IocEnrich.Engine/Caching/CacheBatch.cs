namespace IocEnrich.Engine.Caching;

/// <summary>Answers that are written together. Not thread-safe.</summary>
internal sealed class CacheBatch
{
    private readonly TaskCompletionSource _due = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal List<(CacheKey Key, CachedResult Answer)> Answers { get; } = [];

    /// <summary>Those whose row is there, and whose report was read by a later version of the reader.</summary>
    internal List<(CacheKey Key, CachedResult Answer)> Refreshed { get; } = [];

    /// <summary>How much there is to write.</summary>
    internal int Count => Answers.Count + Refreshed.Count;

    /// <summary>Ends when the batch should not wait for more answers.</summary>
    internal Task Due => _due.Task;

    /// <summary>Ends when it was written, or will never be.</summary>
    internal Task Done => _done.Task;

    internal void SetDue() => _due.TrySetResult();

    internal void SetDone() => _done.TrySetResult();
}
