using System.Buffers;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Sqlite;

/// <summary>
/// One JSON text for what an answer says, where there was a column for each value. Rows whose checksum does not fit are left behind, as
/// nobody would have believed them. As every step it stays as it is: what a summary is called today stands elsewhere.
/// </summary>
internal static class SummarySchema
{
    private const string Create =
        $"""
        CREATE TABLE summed_answers (
            -- {StoreMark.Text}
            id INTEGER PRIMARY KEY,
            service INTEGER NOT NULL REFERENCES services (id),
            type INTEGER NOT NULL,
            indicator TEXT NOT NULL,
            retrieved_at INTEGER NOT NULL, -- Unix time in milliseconds, as all times here
            status INTEGER NOT NULL,
            reader INTEGER NOT NULL, -- the version of the provider's reader that the summary is by
            summary BLOB NOT NULL, -- JSON: what stands on a result
            checksum INTEGER NOT NULL, -- of the service, the key and all that stands before it
            report_checksum INTEGER, -- of the row's checksum and the report
            report BLOB, -- the body, gzip
            UNIQUE (service, type, indicator)
        ) STRICT
        """;

    // What the columns of a summary are called in it, in the order of the columns.
    private static readonly (string Column, string Name, Kind Kind)[] Columns =
    [
        ("malicious", "Malicious", Kind.Number), ("suspicious", "Suspicious", Kind.Number), ("harmless", "Harmless", Kind.Number),
        ("undetected", "Undetected", Kind.Number), ("name", "Name", Kind.Text), ("threat_label", "ThreatLabel", Kind.Text),
        ("tags", "Tags", Kind.Lines), ("categories", "Categories", Kind.Lines), ("reputation", "Reputation", Kind.Number),
        ("last_analysis_date", "LastAnalysisDate", Kind.Number), ("first_seen", "FirstSeen", Kind.Number), ("file_type", "FileType", Kind.Text),
        ("size", "Size", Kind.Number), ("sha256", "Sha256", Kind.Text), ("country", "Country", Kind.Text), ("asn", "Asn", Kind.Number),
        ("as_owner", "AsOwner", Kind.Text), ("network", "Network", Kind.Text), ("registrar", "Registrar", Kind.Text),
        ("final_url", "FinalUrl", Kind.Text), ("http_status", "HttpStatus", Kind.Number), ("link", "Link", Kind.Text),
    ];

    private static readonly int FirstOfSummary = 8;

    private enum Kind
    {
        Number,
        Text,
        Lines,
    }

    /// <summary>Takes the step. The caller has begun a transaction.</summary>
    internal static void Migrate(SqliteConnection connection)
    {
        Run(connection, Create);
        string columns = string.Join(", ", Columns.Select(static column => column.Column));
        using (PreparedStatement old = new(
            connection,
            $"SELECT answers.id, service, provider, endpoint, type, indicator, retrieved_at, status, {columns}, checksum, report_checksum, report FROM answers JOIN services ON services.id = service ORDER BY answers.id"))
        using (PreparedStatement row = new(connection, "INSERT INTO summed_answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))
        {
            Copy(old, row);
        }

        Run(connection, "DROP TABLE answers; ALTER TABLE summed_answers RENAME TO answers");
    }

    private static void Copy(PreparedStatement old, PreparedStatement row)
    {
        RowChecksum checksum = new();
        Dictionary<long, long> services = [];
        ArrayBufferWriter<byte> buffer = new(1024);
        using Utf8JsonWriter json = new(buffer);
        int checksumColumn = FirstOfSummary + Columns.Length;
        while (old.Read())
        {
            long service = old.Long(1);
            if (!services.TryGetValue(service, out long seed))
            {
                services[service] = seed = RowChecksum.OfService(old.Text(2), old.Text(3));
            }

            bool hasReport = !old.IsNull(checksumColumn + 2);
            long before = OldChecksum(old, checksum, seed);
            if (before != old.Long(checksumColumn)
                || (hasReport && RowChecksum.OfReport(before, old.Blob(checksumColumn + 2)) != old.Long(checksumColumn + 1)))
            {
                continue;
            }

            buffer.ResetWrittenCount();
            json.Reset();
            Write(old, json);
            AddRow(old, row, checksum, seed, buffer.WrittenSpan, hasReport ? old.Blob(checksumColumn + 2) : default);
        }
    }

    private static long OldChecksum(PreparedStatement old, RowChecksum checksum, long seed)
    {
        checksum.Begin(seed);
        checksum.Add(old.Long(4));
        checksum.Add(old.Text(5));
        checksum.Add(old.Long(6));
        checksum.Add(old.Long(7));
        for (int column = 0; column < Columns.Length; column++)
        {
            int place = FirstOfSummary + column;
            if (Columns[column].Kind == Kind.Number)
            {
                checksum.Add(old.IsNull(place) ? null : old.Long(place));
            }
            else
            {
                checksum.Add(old.IsNull(place) ? null : old.Text(place));
            }
        }

        return checksum.Finish();
    }

    private static void Write(PreparedStatement old, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (int column = 0; column < Columns.Length; column++)
        {
            int place = FirstOfSummary + column;
            (_, string name, Kind kind) = Columns[column];
            if (old.IsNull(place))
            {
                continue;
            }

            switch (kind)
            {
                case Kind.Number:
                    json.WriteNumber(name, old.Long(place));
                    break;
                case Kind.Text:
                    json.WriteString(name, old.Text(place));
                    break;
                default:
                    json.WriteStartArray(name);
                    foreach (string line in old.Text(place).Split('\n'))
                    {
                        json.WriteStringValue(line);
                    }

                    json.WriteEndArray();
                    break;
            }
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void AddRow(PreparedStatement old, PreparedStatement row, RowChecksum checksum, long seed, ReadOnlySpan<byte> summary, ReadOnlySpan<byte> report)
    {
        const long FirstReader = 1;
        checksum.Begin(seed);
        checksum.Add(old.Long(4));
        checksum.Add(old.Text(5));
        checksum.Add(old.Long(6));
        checksum.Add(old.Long(7));
        checksum.Add(FirstReader);
        checksum.Add(summary);
        long sum = checksum.Finish();
        row.Add(old.Long(0));
        row.Add(old.Long(1));
        row.Add(old.Long(4));
        row.Add(old.Text(5));
        row.Add(old.Long(6));
        row.Add(old.Long(7));
        row.Add(FirstReader);
        row.Add(summary);
        row.Add(sum);
        if (!report.IsEmpty)
        {
            row.Add(RowChecksum.OfReport(sum, report));
            row.Add(report);
        }

        row.Execute();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
