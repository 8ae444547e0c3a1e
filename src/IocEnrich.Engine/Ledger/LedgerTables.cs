using System.Security.Cryptography;
using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Ledger;

/// <summary>The ledger's tables in words. Each statement is prepared once, because a busy job uses them ten times a second.</summary>
internal sealed class LedgerTables : IDisposable
{
    // More than a window ever holds. What a damaged row says beyond it is not believed; it is gone with the window, in a minute.
    private const long MaxCount = 1_000_000;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private long _account;

    /// <param name="connection">It is this object's own from now on.</param>
    internal LedgerTables(SqliteConnection connection) => _connection = connection;

    /// <summary>Takes the file's write lock.</summary>
    /// <param name="isHasty">Whether there is no time to wait for it.</param>
    internal void Begin(bool isHasty)
    {
        if (isHasty)
        {
            Run("PRAGMA busy_timeout = 500");
        }

        Run("BEGIN IMMEDIATE");
    }

    internal void Commit() => Run("COMMIT");

    /// <summary>All that follows is about one key at one endpoint.</summary>
    internal void ChooseAccount(byte[] identity)
    {
        byte[]? salt = (byte[]?)Command("SELECT salt FROM ledger_salt").ExecuteScalar();
        if (salt is null)
        {
            salt = RandomNumberGenerator.GetBytes(32);
            Run("INSERT INTO ledger_salt (salt) VALUES ($1)", salt);
        }

        byte[] fingerprint = HMACSHA256.HashData(salt, identity);
        Run("INSERT INTO ledger_accounts (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING", fingerprint);
        _account = (long)Command("SELECT id FROM ledger_accounts WHERE fingerprint = $1", fingerprint).ExecuteScalar()!;
    }

    internal long LastAnswer() => Ask("SELECT coalesce(max(at_ms), 0) FROM ledger_answers WHERE account = $0");

    internal long Answered() => Ask($"SELECT {SumOf("count")} FROM ledger_answers WHERE account = $0");

    /// <summary>When the n-th of the answers came, counted from the oldest; <see langword="null"/> if there are not so many.</summary>
    internal long? MomentOfAnswer(long number)
    {
        using SqliteDataReader reader = Command("SELECT at_ms, count FROM ledger_answers WHERE account = $0 ORDER BY at_ms").ExecuteReader();
        while (reader.Read())
        {
            number -= Math.Clamp(reader.GetInt64(1), 0, MaxCount);
            if (number <= 0)
            {
                return reader.GetInt64(0);
            }
        }

        return null;
    }

    internal void AddAnswers(long at, long count) => Run(
        $"INSERT INTO ledger_answers (account, at_ms, count) VALUES ($0, $1, $2) ON CONFLICT DO UPDATE SET count = {Believed("count")} + excluded.count",
        at,
        count);

    internal void ForgetAnswersUntil(long time) => Run("DELETE FROM ledger_answers WHERE account = $0 AND at_ms <= $1", time);

    /// <returns>The number of requests used.</returns>
    internal long ForgetAnswersAfter(long time)
    {
        long count = Ask($"SELECT {SumOf("count")} FROM ledger_answers WHERE account = $0 AND at_ms > $1", time);
        Run("DELETE FROM ledger_answers WHERE account = $0 AND at_ms > $1", time);
        return count;
    }

    internal long HeldByOthers(long holder) => Ask($"SELECT {SumOf("held")} FROM ledger_holders WHERE account = $0 AND holder <> $1", holder);

    internal List<(long Holder, long Held, long AliveAt)> OthersSilentSince(long time, long holder)
    {
        List<(long, long, long)> silent = [];
        using SqliteDataReader reader = Command("SELECT holder, held, alive_at FROM ledger_holders WHERE account = $0 AND alive_at <= $1 AND holder <> $2", time, holder).ExecuteReader();
        while (reader.Read())
        {
            silent.Add((reader.GetInt64(0), Math.Clamp(reader.GetInt64(1), 0, MaxCount), reader.GetInt64(2)));
        }

        return silent;
    }

    internal void NoHolderIsAliveAfter(long now, long tolerance) =>
        Run("UPDATE ledger_holders SET alive_at = $1 WHERE account = $0 AND alive_at > $1 + $2", now, tolerance);

    internal void Hold(long holder, long held, long now)
    {
        if (held == 0)
        {
            Release(holder);
            return;
        }

        Run(
            "INSERT INTO ledger_holders (account, holder, held, alive_at) VALUES ($0, $1, $2, $3) ON CONFLICT DO UPDATE SET held = excluded.held, alive_at = excluded.alive_at",
            holder,
            held,
            now);
    }

    internal void Release(long holder) => Run("DELETE FROM ledger_holders WHERE account = $0 AND holder = $1", holder);

    /// <summary>
    /// How many requests the key has made on a day. A row that is damaged is not believed: it could end every job until midnight. The
    /// service knows better what it has counted, and says so.
    /// </summary>
    internal long UsedOn(long day)
    {
        using SqliteDataReader row = Command("SELECT used, checksum FROM ledger_days WHERE account = $0 AND day = $1", day).ExecuteReader();
        return row.Read() && !row.IsDBNull(1) && row.GetInt64(1) == RowChecksum.OfNumbers(_account, day, row.GetInt64(0)) ? row.GetInt64(0) : 0;
    }

    internal void AddToDay(long day, long change)
    {
        long used = Math.Max(UsedOn(day) + change, 0);
        Run(
            "INSERT OR REPLACE INTO ledger_days (account, day, used, checksum) VALUES ($0, $1, $2, $3)",
            day,
            used,
            RowChecksum.OfNumbers(_account, day, used));
    }

    internal void ForgetDaysBefore(long day) => Run("DELETE FROM ledger_days WHERE account = $0 AND day < $1", day);

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private static string SumOf(string column) => $"coalesce(sum({Believed(column)}), 0)";

    private static string Believed(string column) => $"max(0, min({column}, {MaxCount}))";

    private void Run(string sql, params object[] values) => Command(sql, values).ExecuteNonQuery();

    private long Ask(string sql, params object[] values) => (long)Command(sql, values).ExecuteScalar()!;

    /// <summary>A prepared statement; $0 is the account, $1 and so on are the values.</summary>
    private SqliteCommand Command(string sql, params object[] values)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
            command.CommandText = sql;
#pragma warning restore CA2100
            _commands.Add(sql, command);
        }

        command.Parameters.Clear();
        if (sql.Contains("$0", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("$0", _account);
        }

        for (int index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue("$" + (index + 1), values[index]);
        }

        return command;
    }
}
