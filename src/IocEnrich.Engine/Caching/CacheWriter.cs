using System.Collections.Concurrent;
using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>
/// Writes answers in the background, in batches: each is on the disk a second after it came at the latest, and never are more than a
/// hundred on the way there. Whoever brings more waits. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose; the connection is closed with the writer.
internal sealed class CacheWriter : IDisposable
#pragma warning restore CA1001
{
    /// <summary>How many answers may be on their way to the disk, and be lost when the process is killed.</summary>
    internal const int MaxUnwritten = 100;

    // Half of them, so that the others can come while one half is written.
    private const int BatchSize = MaxUnwritten / 2;

    // What is read anew is in the file as it was: it is left for the next time where it comes faster than it is written.
    private const int MaxRefreshed = 1_000;

    // How much is dropped at once when the file has grown too large: a tenth, so that it is not done for every batch.
    private const double KeptShare = 0.9;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly StoreFile _file;
    private readonly TimeProvider _timeProvider;
    private readonly long _maxBytes;
    private readonly Action<Exception> _failed;
    private readonly SemaphoreSlim _room = new(MaxUnwritten);

    // What was brought and is not in the file yet: it is known all the same.
    private readonly ConcurrentDictionary<CacheKey, CachedResult> _unwritten = new();

    private CacheWriterConnection? _connection;
    private CacheBatch _next = new();
    private Task _writing = Task.CompletedTask;
    private long _hits;
    private bool _closed;

    /// <param name="file">Where to.</param>
    /// <param name="maxBytes">How large the file may become.</param>
    /// <param name="failed">Called once, when writing fails for good.</param>
    internal CacheWriter(StoreFile file, long maxBytes, TimeProvider timeProvider, Action<Exception> failed)
    {
        _file = file;
        _maxBytes = maxBytes;
        _timeProvider = timeProvider;
        _failed = failed;
    }

    /// <summary>Finds an answer that is still on its way to the disk.</summary>
    internal CachedResult? Find(CacheKey key) => _unwritten.TryGetValue(key, out CachedResult? answer) ? answer : null;

    /// <summary>An answer of the store was used.</summary>
    internal void Hit() => Interlocked.Increment(ref _hits);

    /// <summary>Takes an answer in. It is known at once, and on the disk soon.</summary>
    internal async ValueTask AddAsync(CacheKey key, CachedResult answer)
    {
        await _room.WaitAsync();
        lock (_lock)
        {
            if (_closed)
            {
                _room.Release();
                return;
            }

            _unwritten[key] = answer;
            _next.Answers.Add((key, answer));
            WriteInBackground();
        }
    }

    /// <summary>Takes in what was read anew of a report that is in the file. It is written with the next answers, or left for another time.</summary>
    internal void Refresh(CacheKey key, CachedResult answer)
    {
        lock (_lock)
        {
            if (!_closed && _next.Refreshed.Count < MaxRefreshed)
            {
                _next.Refreshed.Add((key, answer));
                WriteInBackground();
            }
        }
    }

    /// <summary>Ends when all that was taken in so far is on the disk, or never will be because writing has failed.</summary>
    internal Task FlushAsync()
    {
        lock (_lock)
        {
            if (_closed || (_next.Count == 0 && Interlocked.Read(ref _hits) == 0))
            {
                return _writing;
            }

            _next.SetDue();
            WriteInBackground();
            return _next.Done;
        }
    }

    /// <summary>Takes nothing in any more, and lets go of everybody who waits.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            GiveRoom(_next.Answers.Count);
            _next.SetDue();
            _next.SetDone();
        }

        _unwritten.Clear();
    }

    /// <summary>Writes pending answers, and closes the file.</summary>
    public void Dispose()
    {
        FlushAsync().Wait(StoreFile.BusyLimit);
        Close();
        CloseFile();
    }

    /// <summary>Closes the connection to the file.</summary>
    internal void CloseFile()
    {
        CacheWriterConnection? connection = Interlocked.Exchange(ref _connection, null);
        if (connection is not null)
        {
            lock (connection)
            {
                connection.Dispose();
            }
        }
    }

    private void GiveRoom(int answers)
    {
        if (answers > 0)
        {
            _room.Release(answers);
        }
    }

    private void WriteInBackground()
    {
        if (_next.Count >= BatchSize)
        {
            _next.SetDue();
        }

        if (_writing.IsCompleted)
        {
            _writing = Task.Run(WriteAllAsync);
        }
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            CacheBatch batch = _next;
            await WaitUntilDueAsync(batch);
            lock (_lock)
            {
                if (_closed)
                {
                    return;
                }

                _next = new CacheBatch();
            }

            bool written = TryWrite(batch);
            foreach ((CacheKey key, CachedResult answer) in batch.Answers)
            {
                // A newer answer for the same indicator may have come meanwhile, and is still to be written.
                _unwritten.TryRemove(new KeyValuePair<CacheKey, CachedResult>(key, answer));
            }

            GiveRoom(batch.Answers.Count);
            batch.SetDone();
            lock (_lock)
            {
                if (!written || (_next.Count == 0 && !_next.Due.IsCompleted))
                {
                    _writing = Task.CompletedTask;
                    return;
                }
            }
        }
    }

    private async Task WaitUntilDueAsync(CacheBatch batch)
    {
        using CancellationTokenSource isDue = new();
        await Task.WhenAny(batch.Due, Task.Delay(LongestDelay, _timeProvider, isDue.Token));
        await isDue.CancelAsync();
    }

    private bool TryWrite(CacheBatch batch)
    {
        try
        {
            CacheWriterConnection connection = _connection ??= new CacheWriterConnection(_file.Connect());
            lock (connection)
            {
                connection.Write(batch, Interlocked.Exchange(ref _hits, 0));
                connection.KeepWithin(_maxBytes, KeptShare);
            }

            return true;
        }
#pragma warning disable CA1031 // Nobody awaits the writer: a fault that left it would leave everybody waiting who brings an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Close();
            _failed(exception);
            return false;
        }
    }
}
