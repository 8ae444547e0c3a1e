using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Store;

/// <summary>Reads answers, on as many connections at once as can be of use. Thread-safe.</summary>
internal sealed class AnswerReaders(StoreFile file) : IDisposable
{
    private readonly Reader?[] _readers = new Reader?[Math.Clamp(Environment.ProcessorCount, 1, 4)];
    private readonly object[] _locks = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 4)).Select(static _ => new object())];
    private bool _disposed;

    /// <summary>Finds an answer.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    /// <exception cref="StoreUnusableException">The file cannot be opened.</exception>
    internal StoredAnswer? Find(AnswerKey key, string provider, VerdictThresholds thresholds, bool withReport)
    {
        int home = Environment.CurrentManagedThreadId % _readers.Length;
        for (int step = 0; step < _readers.Length; step++)
        {
            int index = (home + step) % _readers.Length;
            if (Monitor.TryEnter(_locks[index]))
            {
                try
                {
                    return Find(index, key, provider, thresholds, withReport);
                }
                finally
                {
                    Monitor.Exit(_locks[index]);
                }
            }
        }

        lock (_locks[home])
        {
            return Find(home, key, provider, thresholds, withReport);
        }
    }

    public void Dispose()
    {
        for (int index = 0; index < _readers.Length; index++)
        {
            lock (_locks[index])
            {
                _disposed = true;
                _readers[index]?.Dispose();
                _readers[index] = null;
            }
        }
    }

    private StoredAnswer? Find(int index, AnswerKey key, string provider, VerdictThresholds thresholds, bool withReport)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Reader reader = _readers[index] ??= new Reader(file.Connect());
        return reader.Find(key, provider, thresholds, withReport);
    }

    /// <summary>One connection with its statements prepared. Not thread-safe.</summary>
    private sealed class Reader(SqliteConnection connection) : IDisposable
    {
        private readonly SqliteCommand _plain = AnswerColumns.Select(connection, withReport: false);
        private readonly SqliteCommand _withReport = AnswerColumns.Select(connection, withReport: true);

        internal StoredAnswer? Find(AnswerKey key, string provider, VerdictThresholds thresholds, bool withReport)
        {
            SqliteCommand command = withReport ? _withReport : _plain;
            AnswerColumns.BindKey(command, key);
            using SqliteDataReader row = command.ExecuteReader();
            return row.Read() ? AnswerColumns.Read(row, key, provider, thresholds, withReport) : null;
        }

        public void Dispose()
        {
            _plain.Dispose();
            _withReport.Dispose();
            connection.Dispose();
        }
    }
}
