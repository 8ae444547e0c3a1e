using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>Reads answers, on as many connections at once as can be of use. Thread-safe.</summary>
internal sealed class CacheReaders(StoreFile file) : IDisposable
{
    private readonly Place[] _places = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 4)).Select(_ => new Place(file))];

    /// <summary>Finds an answer; one that is not as it was written is none.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    /// <exception cref="StoreUnusableException">The file cannot be opened.</exception>
    internal CachedResult? Find(CacheKey key, string provider, VerdictThresholds thresholds, bool withReport)
    {
        int home = Environment.CurrentManagedThreadId % _places.Length;
        for (int step = 0; step < _places.Length; step++)
        {
            Place place = _places[(home + step) % _places.Length];
            if (Monitor.TryEnter(place))
            {
                try
                {
                    return place.Reader.Find(key, provider, thresholds, withReport);
                }
                finally
                {
                    Monitor.Exit(place);
                }
            }
        }

        lock (_places[home])
        {
            return _places[home].Reader.Find(key, provider, thresholds, withReport);
        }
    }

    public void Dispose()
    {
        foreach (Place place in _places)
        {
            lock (place)
            {
                place.Dispose();
            }
        }
    }

    /// <summary>A place for one reader, which is made when it is first needed. Whoever uses it holds its lock.</summary>
    private sealed class Place(StoreFile file) : IDisposable
    {
        private Reader? _reader;
        private bool _disposed;

        internal Reader Reader
        {
            get
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return _reader ??= new Reader(file.Connect());
            }
        }

        public void Dispose()
        {
            _disposed = true;
            _reader?.Dispose();
            _reader = null;
        }
    }

    /// <summary>One connection with its statements prepared. Not thread-safe.</summary>
    private sealed class Reader(SqliteConnection connection) : IDisposable
    {
        private readonly SqliteCommand _plain = CacheColumns.Select(connection, withReport: false);
        private readonly SqliteCommand _withReport = CacheColumns.Select(connection, withReport: true);
        private readonly CacheRow _answer = new();

        internal CachedResult? Find(CacheKey key, string provider, VerdictThresholds thresholds, bool withReport)
        {
            SqliteCommand command = withReport ? _withReport : _plain;
            CacheColumns.BindKey(command, key);
            using SqliteDataReader row = command.ExecuteReader();
            return row.Read() ? _answer.Read(row, key, provider, thresholds, withReport) : null;
        }

        public void Dispose()
        {
            _plain.Dispose();
            _withReport.Dispose();
            connection.Dispose();
        }
    }
}
