using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>One connection that writes answers, with its statements prepared. Not thread-safe.</summary>
internal sealed class CacheWriterConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollBack;
    private readonly CacheRowWriter _rows;
    private readonly SqliteCommand _hits;
    private readonly SqliteCommand _size;

    internal CacheWriterConnection(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Command("BEGIN IMMEDIATE");
        _commit = Command("COMMIT");
        _rollBack = Command("ROLLBACK");
        _rows = new CacheRowWriter(connection);

        // A number that is damaged could not be added to.
        _hits = Command(
            "INSERT INTO counters (name, value) VALUES ('hits', $hits) ON CONFLICT (name) DO UPDATE SET value = CASE WHEN value BETWEEN 0 AND 1000000000000 THEN value ELSE 0 END + $hits");
        _hits.Parameters.Add(new SqliteParameter("$hits", 0L));
        _size = Command(StoreSize.UsedBytes);
    }

    internal void Write(CacheBatch batch, long hits)
    {
        InTransaction(() =>
        {
            foreach ((CacheKey key, CachedResult answer) in batch.Answers)
            {
                _rows.Replace(key, answer);
            }

            foreach ((CacheKey key, CachedResult answer) in batch.Refreshed)
            {
                _rows.Refresh(key, answer);
            }

            if (hits > 0)
            {
                _hits.Parameters[0].Value = hits;
                _hits.ExecuteNonQuery();
            }
        });
    }

    /// <summary>Drops the oldest answers where the file has grown too large, and gives the space back to the disk.</summary>
    internal void KeepWithin(long maxBytes, double keptShare)
    {
        if ((long)_size.ExecuteScalar()! <= maxBytes)
        {
            return;
        }

        using SqliteCommand drop = Command("DELETE FROM answers WHERE id IN (SELECT id FROM answers ORDER BY id LIMIT $count)");
        long target = (long)(maxBytes * keptShare);
        long used;
        while ((used = (long)_size.ExecuteScalar()!) > target)
        {
            using SqliteCommand count = Command("SELECT count(*) FROM answers");
            long rows = (long)count.ExecuteScalar()!;
            if (rows == 0)
            {
                break;
            }

            // As many as the excess is worth, if all are of about the same size.
            drop.Parameters.Clear();
            drop.Parameters.AddWithValue("$count", Math.Max(1, (long)Math.Ceiling(rows * ((double)(used - target) / used))));
            InTransaction(() => drop.ExecuteNonQuery());
        }

        StoreSize.GiveBack(_connection);
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in (ReadOnlySpan<SqliteCommand>)[_begin, _commit, _rollBack, _hits, _size])
        {
            command.Dispose();
        }

        _rows.Dispose();
        _connection.Dispose();
    }

    private void InTransaction(Action write)
    {
        _begin.ExecuteNonQuery();
        try
        {
            write();
            _commit.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            TryRollBack();
            throw;
        }
    }

    private void TryRollBack()
    {
        try
        {
            _rollBack.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // Some errors roll back themselves, and then there is no transaction. The error that matters is the first.
        }
    }

    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
