using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Sqlite;

/// <summary>What each row adds up to (<see cref="RowChecksum"/>), beside it. A file without that is taken as it is, once.</summary>
internal static class ChecksumSchema
{
    private const string Create =
        $$"""
        CREATE TABLE checked_answers (
            -- {{StoreMark.Text}}
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
            checksum INTEGER NOT NULL, -- of the service, the key and all that stands before it
            report_checksum INTEGER, -- of the row's checksum and the report
            report BLOB, -- the body, gzip
            UNIQUE (service, type, indicator)
        ) STRICT;

        INSERT INTO checked_answers
        SELECT {{Columns}}, answer_checksum(provider, endpoint, {{KeyAndSummary}}),
            report_checksum(answer_checksum(provider, endpoint, {{KeyAndSummary}}), report), report
        FROM answers JOIN services ON services.id = service ORDER BY answers.id;

        DROP TABLE answers;
        ALTER TABLE checked_answers RENAME TO answers;

        ALTER TABLE ledger_days ADD COLUMN checksum INTEGER;
        UPDATE ledger_days SET checksum = numbers_checksum(account, day, used);
        """;

    private const string Columns = $"answers.id, service, {KeyAndSummary}";

    private const string KeyAndSummary =
        "type, indicator, retrieved_at, status, malicious, suspicious, harmless, undetected, name, threat_label, tags, categories, reputation, "
        + "last_analysis_date, first_seen, file_type, size, sha256, country, asn, as_owner, network, registrar, final_url, http_status, link";

    /// <summary>Takes the step. The caller has begun a transaction.</summary>
    internal static void Migrate(SqliteConnection connection)
    {
        connection.CreateFunction("answer_checksum", static (object?[] values) => OfAnswer(values), isDeterministic: true);
        connection.CreateFunction(
            "report_checksum", static (object?[] values) => values[1] is byte[] report ? RowChecksum.OfReport((long)values[0]!, report) : (long?)null, isDeterministic: true);
        connection.CreateFunction(
            "numbers_checksum", static (object?[] values) => RowChecksum.OfNumbers([.. values.Select(static value => (long)value!)]), isDeterministic: true);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Create;
        command.ExecuteNonQuery();
    }

    private static long OfAnswer(object?[] values)
    {
        RowChecksum sum = new();
        sum.Begin(RowChecksum.OfService((string)values[0]!, (string)values[1]!));
        foreach (object? value in values.AsSpan(2))
        {
            if (value is string text)
            {
                sum.Add(text);
            }
            else
            {
                sum.Add(value as long?);
            }
        }

        return sum.Finish();
    }
}
