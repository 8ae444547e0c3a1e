using IocEnrich.Engine.Redaction;
using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>
/// The cache: the answers of services in one file, shared by all sessions and processes of the user. Thread-safe. If the file fails, the
/// cache returns and stores nothing from then on, and <see cref="Problem"/> says why; nothing else fails.
/// </summary>
public sealed class ResultCache : IDisposable
{
    private readonly StoreFile _file;
    private readonly long _maxBytes;
    private readonly TimeProvider _timeProvider;
    private readonly CacheReaders _readers;
    private readonly CacheWriter _writer;
    private readonly TaskCompletionSource _failureHandled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _hasFailed;
    private string? _problem;

    private ResultCache(StoreFile file, long maxBytes, TimeProvider timeProvider)
    {
        _file = file;
        _maxBytes = maxBytes;
        _timeProvider = timeProvider;
        _readers = new CacheReaders(file);
        _writer = new CacheWriter(file, maxBytes, timeProvider, exception => OnFailed(exception));
    }

    /// <summary>The full path of the file.</summary>
    public string Path => _file.Path;

    /// <summary>Why the cache is not used any more, in a sentence; <see langword="null"/> while it is.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    internal StoreFile File => _file;

    /// <summary>Opens a cache, or creates one. <see cref="ResultCaches"/> has those that a process shares.</summary>
    /// <param name="maxBytes">The maximum size in bytes, beyond which the oldest answers are removed; 1 GiB by default.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    /// <exception cref="StoreUnusableException">It cannot be used.</exception>
    public static ResultCache Open(string path, long maxBytes = StoreSize.DefaultMaxBytes, TimeProvider? timeProvider = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        return new ResultCache(StoreFile.Open(StorePath.Of(path)), maxBytes, timeProvider ?? TimeProvider.System);
    }

    /// <summary>
    /// A notice for the user about opening the cache, returned once: that a damaged file was renamed. <see langword="null"/> if there is
    /// none, or it was returned before.
    /// </summary>
    public string? TakeNotice() => _file.TakeNotice();

    /// <summary>Completes when all answers so far are on disk, or the cache has failed.</summary>
    public Task FlushAsync() => _writer.FlushAsync();

    /// <summary>The contents of the cache.</summary>
    /// <exception cref="StoreUnusableException">It cannot be read.</exception>
    public EnrichmentCache GetStatistics() => Use(connection =>
    {
        // The ids are in the order in which the answers came, so that the oldest and the newest are found without reading all.
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT (SELECT count(*) FROM answers),
                (SELECT retrieved_at FROM answers ORDER BY id LIMIT 1),
                (SELECT retrieved_at FROM answers ORDER BY id DESC LIMIT 1),
                (SELECT value FROM counters WHERE name = 'hits')
            """;
        using SqliteDataReader row = command.ExecuteReader();
        row.Read();
        return new EnrichmentCache
        {
            Path = Path,
            Entries = row.GetInt64(0),
            Size = StoreSize.OnDisk(Path),
            MaxSize = _maxBytes,
            Oldest = Time(1),
            Newest = Time(2),
            Hits = row.IsDBNull(3) ? 0 : row.GetInt64(3),
        };

        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : StoredTime.Read(row.GetInt64(column));
    });

    /// <summary>The number of answers that <see cref="Clear"/> would remove.</summary>
    /// <param name="olderThan">Only answers older than this; <see langword="null"/> for any age.</param>
    /// <param name="indicators">Only answers for these indicators; <see langword="null"/> for all.</param>
    /// <exception cref="StoreUnusableException">It cannot be read.</exception>
    public long Count(TimeSpan? olderThan = null, IReadOnlyCollection<Indicator>? indicators = null) =>
        Use(connection => ForEachSelection(connection, "SELECT count(*) FROM answers", olderThan, indicators, static command => (long)command.ExecuteScalar()!));

    /// <summary>Removes answers, and shrinks the file.</summary>
    /// <param name="olderThan">Only answers older than this; <see langword="null"/> for any age.</param>
    /// <param name="indicators">Only answers for these indicators; <see langword="null"/> for all.</param>
    /// <returns>The number of answers removed.</returns>
    /// <exception cref="StoreUnusableException">It cannot be written.</exception>
    public long Clear(TimeSpan? olderThan = null, IReadOnlyCollection<Indicator>? indicators = null) => Use(connection =>
    {
        long dropped;
        using (SqliteTransaction transaction = connection.BeginTransaction(deferred: false))
        {
            dropped = ForEachSelection(connection, "DELETE FROM answers", olderThan, indicators, static command => command.ExecuteNonQuery());
            transaction.Commit();
        }

        StoreSize.GiveBack(connection);
        return dropped;
    });

    /// <summary>Writes pending answers, and closes the file.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
    }

    /// <summary>The row of a service.</summary>
    internal StoredService Service(string provider, string endpoint) => Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM services WHERE provider = $provider AND endpoint = $endpoint";
        command.Parameters.AddWithValue("$provider", provider);
        command.Parameters.AddWithValue("$endpoint", endpoint);
        if (command.ExecuteScalar() is not long id)
        {
            string select = command.CommandText;
            command.CommandText = "INSERT OR IGNORE INTO services (provider, endpoint) VALUES ($provider, $endpoint)";
            command.ExecuteNonQuery();
            command.CommandText = select;
            id = (long)command.ExecuteScalar()!;
        }

        return new StoredService(id, RowChecksum.OfService(provider, endpoint));
    });

    internal CachedResult? Find(CacheKey key, CacheTerms terms)
    {
        if (Problem is not null)
        {
            return null;
        }

        try
        {
            return _writer.Find(key) ?? _readers.Find(key, terms);
        }
        catch (Exception exception) when (exception is SqliteException or StoreUnusableException)
        {
            OnFailed(exception);
            return null;
        }
        catch (ObjectDisposedException)
        {
            // It failed on another thread, or was closed, at this very moment.
            return null;
        }
        catch (Exception exception) when (exception is InvalidCastException or OverflowException or ArgumentException or InvalidOperationException)
        {
            // A value of a kind that its column cannot have: the row is damaged, and the indicator is asked again.
            return null;
        }
    }

    internal void Hit() => _writer.Hit();

    internal ValueTask AddAsync(CacheKey key, CachedResult answer) => Problem is null ? _writer.AddAsync(key, answer) : ValueTask.CompletedTask;

    /// <summary>Keeps what was read anew of a report that is in the store already, where there is room for it.</summary>
    internal void Refresh(CacheKey key, CachedResult answer) => _writer.Refresh(key, answer);

    internal DateTimeOffset Now => _timeProvider.GetUtcNow();

    /// <summary>Runs a statement for each selected indicator, or once for all.</summary>
    private long ForEachSelection(
        SqliteConnection connection, string statement, TimeSpan? olderThan, IReadOnlyCollection<Indicator>? indicators, Func<SqliteCommand, long> run)
    {
        using SqliteCommand command = connection.CreateCommand();
        List<string> conditions = [];
        if (olderThan is { } age)
        {
            conditions.Add("retrieved_at < $before");
            command.Parameters.AddWithValue("$before", (Now - age).ToUnixTimeMilliseconds());
        }

        if (indicators is not null)
        {
            // The index begins with the service: without it, each indicator would read the whole table.
            conditions.Add("service IN (SELECT id FROM services) AND type = $type AND indicator = $indicator");
        }

        command.CommandText = conditions.Count == 0 ? statement : $"{statement} WHERE {string.Join(" AND ", conditions)}";
        if (indicators is null)
        {
            return run(command);
        }

        SqliteParameter type = command.Parameters.AddWithValue("$type", 0L);
        SqliteParameter value = command.Parameters.AddWithValue("$indicator", "");
        long sum = 0;
        foreach (Indicator indicator in indicators)
        {
            (type.Value, value.Value) = ((long)indicator.Type, indicator.Value);
            sum += run(command);
        }

        return sum;
    }

    /// <summary>Does something that is done rarely, on a connection of its own.</summary>
    private T Use<T>(Func<SqliteConnection, T> action)
    {
        if (Problem is not null)
        {
            throw new StoreUnusableException(FinalProblem());
        }

        try
        {
            // What is still on its way belongs to it.
            FlushAsync().Wait(StoreFile.BusyLimit);
            using SqliteConnection connection = _file.Connect();
            return action(connection);
        }
        catch (SqliteException exception)
        {
            bool wasSetAside = OnFailed(exception);
            throw new StoreUnusableException(FinalProblem(), exception) { WasSetAside = wasSetAside };
        }
        catch (StoreUnusableException exception) when (Volatile.Read(ref _hasFailed) != 0)
        {
            // Another thread has met damage and is setting the file aside: that it cannot be opened meanwhile is not what a person should hear.
            throw new StoreUnusableException(FinalProblem(), exception);
        }
    }

    /// <summary>What came of the first failure, which another thread may still be dealing with.</summary>
    private string FinalProblem()
    {
        _failureHandled.Task.Wait(StoreFile.BusyLimit);
        return Problem ?? $"The cache file {Path} is damaged and is being renamed.";
    }

    /// <returns>Whether the file has been set aside.</returns>
    private bool OnFailed(Exception exception)
    {
        bool isDamaged = exception is SqliteException corrupt && StoreFile.IsCorrupt(corrupt);
        bool mayBeDamaged = exception is SqliteException sqlite && StoreFile.MayBeCorrupt(sqlite);
        if (Interlocked.Exchange(ref _hasFailed, 1) != 0)
        {
            return isDamaged;
        }

        string? aside = null;
        try
        {
            _writer.Close();
            aside = mayBeDamaged ? SetAside(isDamaged) : null;
            return aside is not null;
        }
        finally
        {
            // Not before it is known what came of it: others read this to tell a person.
            Volatile.Write(ref _problem, aside ?? Describe(exception));
            _failureHandled.TrySetResult();
        }
    }

    private string Describe(Exception exception) => exception switch
    {
        StoreUnusableException => exception.Message,
        SqliteException sqlite => _file.Describe(sqlite),
        _ => $"The cache file {Path} failed: {exception.GetType().Name}: {ForeignText.Clean(exception.Message)} Please report this.",
    };

    /// <returns>What a person should know; <see langword="null"/> if the file is sound.</returns>
    private string? SetAside(bool isDamaged)
    {
        // Windows renames no file that is open.
        _readers.Dispose();
        _writer.CloseFile();
        try
        {
            return _file.SetAsideIfDamaged() ?? (isDamaged ? $"The cache file {Path} was damaged. Another process has created a new one." : null);
        }
        catch (StoreUnusableException exception)
        {
            return exception.Message;
        }
    }
}
