using System.Globalization;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Store;

/// <summary>What is in the file, and how a file of an earlier version becomes one of this.</summary>
internal static class StoreSchema
{
    /// <summary>Tells our files from those of others: "IocE".</summary>
    internal const int ApplicationId = 0x496F6345;

    // One script for each version, in order; PRAGMA user_version counts those that a file has seen. A script that was released is never
    // changed: what is to be different is a further script.
    private static readonly string[] Scripts =
    [
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
        """,
        LedgerSchema.Create,
    ];

    /// <summary>The version that this program writes.</summary>
    internal static int Version => Scripts.Length;

    /// <summary>Makes a file one of this version, in one transaction. Two processes may do it at the same time.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="upTo">The version to stop at; for tests that need a file of an earlier one.</param>
    /// <exception cref="StoreUnusableException">The file is not ours, or newer than this program.</exception>
    internal static void Migrate(SqliteConnection connection, int? upTo = null)
    {
        // In a transaction, because another process may be at it: half of what it says before and half after would be another program's.
        using (SqliteTransaction look = connection.BeginTransaction(deferred: true))
        {
            if (Check(connection) == Scripts.Length)
            {
                return;
            }
        }

        // Must be said before there is a table. Space that is freed can then be given back to the disk. Pages have SQLite's own size of
        // 4 KB: a row with its report has about 5, which leaves a third of a larger page empty.
        Run(connection, "PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL");
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        for (int version = Check(connection); version < (upTo ?? Scripts.Length); version++)
        {
            Run(connection, Scripts[version]);
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}; PRAGMA application_id = {ApplicationId}"));
        }

        transaction.Commit();
    }

    private static int Check(SqliteConnection connection)
    {
        long application = Read(connection, "PRAGMA application_id");
        long version = Read(connection, "PRAGMA user_version");
        if (application != ApplicationId && (application != 0 || version != 0 || Read(connection, "SELECT count(*) FROM sqlite_schema") != 0))
        {
            throw new StoreUnusableException(
                $"{connection.DataSource} is a database of another program, and is left alone. Set ${StorePath.Variable} to another file.");
        }

        if (version > Scripts.Length)
        {
            throw new StoreUnusableException(
                $"{connection.DataSource} was written by a newer version of IocEnrich, and is left alone. Update IocEnrich, or set ${StorePath.Variable} to another file.");
        }

        return (int)version;
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
