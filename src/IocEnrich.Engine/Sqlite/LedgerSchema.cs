namespace IocEnrich.Engine.Sqlite;

/// <summary>The ledger's tables. Days are their number since 1970 (UTC).</summary>
internal static class LedgerSchema
{
    internal const string Create =
        """
        -- Random, and another one in each file: nobody can tell by the fingerprints whether two files are about the same key.
        CREATE TABLE ledger_salt (salt BLOB NOT NULL) STRICT;

        CREATE TABLE ledger_accounts (id INTEGER PRIMARY KEY, fingerprint BLOB NOT NULL UNIQUE) STRICT;

        -- Requests that have ended. Their places in the window are free 60 seconds after at_ms.
        CREATE TABLE ledger_answers (
            account INTEGER NOT NULL, at_ms INTEGER NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (account, at_ms)) STRICT, WITHOUT ROWID;

        -- The places that a process holds: its requests under way, and the leases that it has in hand.
        CREATE TABLE ledger_holders (
            account INTEGER NOT NULL, holder INTEGER NOT NULL, held INTEGER NOT NULL, alive_at INTEGER NOT NULL,
            PRIMARY KEY (account, holder)) STRICT, WITHOUT ROWID;

        CREATE TABLE ledger_days (
            account INTEGER NOT NULL, day INTEGER NOT NULL, used INTEGER NOT NULL,
            PRIMARY KEY (account, day)) STRICT, WITHOUT ROWID;
        """;
}
