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
    internal CachedResult? Find(CacheKey key, CacheTerms terms)
    {
        int home = Environment.CurrentManagedThreadId % _places.Length;
        for (int step = 0; step < _places.Length; step++)
        {
            Place place = _places[(home + step) % _places.Length];
            if (Monitor.TryEnter(place))
            {
                try
                {
                    return place.Reader.Find(key, terms);
                }
                finally
                {
                    Monitor.Exit(place);
                }
            }
        }

        lock (_places[home])
        {
            return _places[home].Reader.Find(key, terms);
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
        private CacheRowReader? _reader;
        private bool _disposed;

        internal CacheRowReader Reader
        {
            get
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return _reader ??= new CacheRowReader(file.Connect());
            }
        }

        public void Dispose()
        {
            _disposed = true;
            _reader?.Dispose();
            _reader = null;
        }
    }
}
