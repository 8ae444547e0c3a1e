using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IocEnrich.Engine.Sqlite;

/// <summary>
/// One statement that is executed again and again. Its values are added in their order: the package's command finds each by its name in a
/// list of all of them, for each row, and that took a fifth of the time that a row takes. Not thread-safe.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _added;

    /// <param name="connection">The file. It stays open for as long as this is used.</param>
    /// <param name="sql">The statement, with a question mark for each value.</param>
    /// <exception cref="SqliteException">The statement cannot be used.</exception>
    internal PreparedStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    internal void Add(long? value)
    {
        // What is not bound is NULL.
        _added++;
        if (value is { } number)
        {
            Check(raw.sqlite3_bind_int64(_statement, _added, number));
        }
    }

    internal void Add(string? value)
    {
        _added++;
        if (value is not null)
        {
            Check(raw.sqlite3_bind_text(_statement, _added, value));
        }
    }

    internal void Add(byte[]? value)
    {
        _added++;
        if (value is not null)
        {
            Check(raw.sqlite3_bind_blob(_statement, _added, value));
        }
    }

    internal void Add(ReadOnlySpan<byte> value)
    {
        _added++;
        Check(raw.sqlite3_bind_blob(_statement, _added, value));
    }

    /// <summary>Executes a statement that gives no rows, and is ready for the next.</summary>
    /// <exception cref="SqliteException">It cannot be executed.</exception>
    internal void Execute()
    {
        try
        {
            Read();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Goes on to the next row, whose columns can be read then. <see cref="Reset"/> ends it.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    internal bool Read()
    {
        int code = raw.sqlite3_step(_statement);
        Check(code);
        return code == raw.SQLITE_ROW;
    }

    internal bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    internal long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    internal string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    /// <summary>The bytes of a column, which are there until the next step.</summary>
    internal ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Is ready to be executed again. Until then, a statement that has read holds the file's state of that moment.</summary>
    internal void Reset()
    {
        // It reports the step's error once more, which has been thrown already.
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
        _added = 0;
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
