using System.Diagnostics.CodeAnalysis;

namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// The results of a job that nobody has received yet, oldest first. Thread-safe. Each result is taken once; a reader that keeps results
/// walks over them with a cursor of its own instead.
/// </summary>
public sealed class ResultBuffer
{
    private readonly Func<EnrichmentResult, EnrichmentResult>? _leaving;

    // Below this many taken entries the list is not worth compacting.
    private const int CompactFrom = 1024;

    private readonly object _gate = new();
    private readonly List<EnrichmentResult?> _items = [];
    private int _head;
    private long _taken;
    private bool _completed;
    private TaskCompletionSource? _changed;

    /// <param name="leaving">What is done to a result when somebody reads it: adds what is known only by then. It runs outside any lock; where it throws, the result leaves as it is.</param>
    internal ResultBuffer(Func<EnrichmentResult, EnrichmentResult>? leaving = null) => _leaving = leaving;

    /// <summary>How many results wait to be received.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _items.Count - _head;
            }
        }
    }

    /// <summary>Whether nothing will be added any more. There may still be results to take.</summary>
    public bool IsCompleted
    {
        get
        {
            lock (_gate)
            {
                return _completed;
            }
        }
    }

    /// <summary>Takes the oldest result out.</summary>
    public bool TryTake([NotNullWhen(true)] out EnrichmentResult? result)
    {
        lock (_gate)
        {
            if (_head == _items.Count)
            {
                result = null;
                return false;
            }

            result = _items[_head]!;
            _items[_head++] = null;
            _taken++;
            if (_head == _items.Count || (_head >= CompactFrom && _head > _items.Count / 2))
            {
                _items.RemoveRange(0, _head);
                _head = 0;
            }
        }

        result = Leaving(result);
        return true;
    }

    /// <summary>Puts results that were taken, but could not be handed on, back to the front, in their order.</summary>
    public void PutBack(IReadOnlyCollection<EnrichmentResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _items.RemoveRange(0, _head);
            _items.InsertRange(0, results);
            _head = 0;
            _taken -= results.Count;
            changed = Exchange(null);
        }

        changed?.TrySetResult();
    }

    /// <summary>Reads the next result and leaves it there.</summary>
    /// <param name="cursor">Where the reader is; start with 0. It moves past results that others have taken.</param>
    /// <param name="result">The result at the cursor.</param>
    public bool TryPeek(ref long cursor, [NotNullWhen(true)] out EnrichmentResult? result)
    {
        lock (_gate)
        {
            cursor = Math.Max(cursor, _taken);
            long index = _head + cursor - _taken;
            if (index >= _items.Count)
            {
                result = null;
                return false;
            }

            cursor++;
            result = _items[(int)index]!;
        }

        result = Leaving(result);
        return true;
    }

    /// <summary>
    /// Waits until there is something at the cursor, or nothing will come any more. To wait for any result that is there to be taken,
    /// pass 0.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task WaitAsync(long cursor, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_completed || Math.Max(cursor, _taken) - _taken < _items.Count - _head)
            {
                return Task.CompletedTask;
            }

            // Continuations must not run on the worker that adds a result.
            _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _changed.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Adds a result, unless nothing may be added any more.</summary>
    internal bool TryAdd(EnrichmentResult result)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            if (_completed)
            {
                return false;
            }

            _items.Add(result);
            changed = Exchange(null);
        }

        changed?.TrySetResult();
        return true;
    }

    internal void Complete()
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _completed = true;
            changed = Exchange(null);
        }

        changed?.TrySetResult();
    }

    private EnrichmentResult Leaving(EnrichmentResult result)
    {
        try
        {
            return _leaving?.Invoke(result) ?? result;
        }
#pragma warning disable CA1031 // The result has left the buffer: it would be lost, and those behind it with it.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Without what should have been added, but as it was answered.
            return result;
        }
    }

    private TaskCompletionSource? Exchange(TaskCompletionSource? next)
    {
        TaskCompletionSource? current = _changed;
        _changed = next;
        return current;
    }
}
