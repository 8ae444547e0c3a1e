using System.Globalization;
using System.Numerics;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Sqlite;

/// <summary>What is in the file, and how a file of an earlier version becomes one of this.</summary>
internal static class StoreSchema
{
    // From this version on a counter is named by the mark of our files, and has the version as well.
    private const int FirstMarked = 3;

    // One step for each version, in order; PRAGMA user_version counts those that a file has seen. A step that was released is never
    // changed: what is to be different is a further step.
    private static readonly Action<SqliteConnection>[] Steps =
    [
        static connection => Run(connection, First),
        static connection => Run(connection, LedgerSchema.Create),
        ChecksumSchema.Migrate,
        SummarySchema.Migrate,
    ];

    private const string First =
        """
        CREATE TABLE services (
            id INTEGER PRIMARY KEY,
            provider TEXT NOT NULL,
            endpoint TEXT NOT NULL,
            UNIQUE (provider, endpoint)
        ) STRICT;

        -- One answer of a service for one indicator. A newer answer replaces the row, and gets a higher id: the ids are in the order in
        -- which the answers came. The report comes last, because a row is read from its beginning.
        CREATE TABLE answers (
            id INTEGER PRIMARY KEY,
            service INTEGER NOT NULL REFERENCES services (id),
            type INTEGER NOT NULL,
            indicator TEXT NOT NULL,
            retrieved_at INTEGER NOT NULL, -- Unix time in milliseconds, as all times here
            status INTEGER NOT NULL,
            malicious INTEGER,
            suspicious INTEGER,
            harmless INTEGER,
            undetected INTEGER,
            name TEXT,
            threat_label TEXT,
            tags TEXT, -- one a line
            categories TEXT, -- one a line
            reputation INTEGER,
            last_analysis_date INTEGER,
            first_seen INTEGER,
            file_type TEXT,
            size INTEGER,
            sha256 TEXT,
            country TEXT,
            asn INTEGER,
            as_owner TEXT,
            network TEXT,
            registrar TEXT,
            final_url TEXT,
            http_status INTEGER,
            link TEXT,
            report BLOB, -- the body, gzip
            UNIQUE (service, type, indicator)
        ) STRICT;

        CREATE TABLE counters (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;

    /// <summary>The version that this program writes.</summary>
    internal static int Version => Steps.Length;

    /// <summary>Makes a file one of this version, in one transaction. Two processes may do it at the same time.</summary>
    /// <param name="upTo">The version to stop at; for tests that need a file of an earlier one.</param>
    /// <exception cref="StoreUnusableException">The file is newer than this program.</exception>
    /// <exception cref="StoreDamagedException">What it says of its version contradicts itself.</exception>
    internal static void Migrate(SqliteConnection connection, int? upTo = null)
    {
        // In a transaction, because another process may be at it: half of what it says before and half after would be another program's.
        using (SqliteTransaction look = connection.BeginTransaction(deferred: true))
        {
            if (Check(connection) == Steps.Length)
            {
                return;
            }
        }

        // Must be said before there is a table. Space that is freed can then be given back to the disk. Pages have SQLite's own size of
        // 4 KB: a row with its report has about 5, which leaves a third of a larger page empty.
        Run(connection, "PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL");
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        for (int version = Check(connection); version < (upTo ?? Steps.Length); version++)
        {
            Steps[version](connection);
            Run(connection, string.Create(
                CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}; PRAGMA application_id = {StoreMark.ApplicationId}"));
            if (version + 1 >= FirstMarked)
            {
                Run(connection, string.Create(
                    CultureInfo.InvariantCulture, $"INSERT OR REPLACE INTO counters (name, value) VALUES ('{StoreMark.Text}', {version + 1})"));
            }
        }

        transaction.Commit();
    }

    /// <summary>Whether all tables of this version are in a file, as this program makes them; a newer program may have made others meanwhile.</summary>
    internal static bool IsWhole(SqliteConnection connection)
    {
        if (Read(connection, "PRAGMA user_version") > Steps.Length)
        {
            return true;
        }

        using SqliteConnection made = new("Data Source=:memory:");
        made.Open();
        Migrate(made);
        return Tables(made).IsSubsetOf(Tables(connection));
    }

    private static HashSet<(string Name, string Sql)> Tables(SqliteConnection connection)
    {
        HashSet<(string, string)> tables = [];
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL";
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            tables.Add((row.GetString(0), row.GetString(1)));
        }

        return tables;
    }

    private static int Check(SqliteConnection connection)
    {
        long version = Read(connection, "PRAGMA user_version");
        long marked = version == 0 ? 0 : Marked(connection);
        if (BitOperations.PopCount((ulong)(version ^ marked)) == 1 && Math.Max(version, marked) >= FirstMarked)
        {
            // Who writes a version writes both.
            throw new StoreDamagedException();
        }

        if (version > Steps.Length)
        {
            throw new StoreUnusableException(
                $"{connection.DataSource} was written by a newer version of IocEnrich. It was not changed. Update IocEnrich, or set $env:{StorePath.Variable} to another file.");
        }

        return (int)version;
    }

    private static long Marked(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT value FROM counters WHERE name = '{StoreMark.Text}'";
        return command.ExecuteScalar() is long version ? version : 0;
    }

    private static long Read(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
