using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Store;

/// <summary>An answer as a row, and back. The verdict is not kept: it depends on thresholds that may be others tomorrow.</summary>
internal static class AnswerColumns
{
    private static readonly string[] Summary =
    [
        "retrieved_at", "status", "malicious", "suspicious", "harmless", "undetected", "name", "threat_label", "tags", "categories", "reputation",
        "last_analysis_date", "first_seen", "file_type", "size", "sha256", "country", "asn", "as_owner", "network", "registrar", "final_url",
        "http_status", "link",
    ];

    private static readonly string[] All = ["service", "type", "indicator", .. Summary, "report"];

    /// <summary>Reads one answer; with its report or without.</summary>
    internal static SqliteCommand Select(SqliteConnection connection, bool withReport)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {string.Join(", ", Summary)}{(withReport ? ", report" : "")} FROM answers WHERE service = $service AND type = $type AND indicator = $indicator";
        AddParameters(command, All.AsSpan(0, 3));
        return command;
    }

    /// <summary>Writes one answer, in the place of an older one; <see cref="Add"/> gives it its values.</summary>
    internal static PreparedInsert Replace(SqliteConnection connection) =>
        new(connection, $"INSERT OR REPLACE INTO answers ({string.Join(", ", All)}) VALUES ({string.Join(", ", All.Select(static _ => "?"))})");

    internal static void BindKey(SqliteCommand command, AnswerKey key)
    {
        SqliteParameterCollection parameters = command.Parameters;
        parameters[0].Value = key.Service;
        parameters[1].Value = (long)key.Type;
        parameters[2].Value = key.Indicator;
    }

    internal static void Add(PreparedInsert row, AnswerKey key, StoredAnswer answer)
    {
        EnrichmentResult result = answer.Result;
        row.Add(key.Service);
        row.Add((long)key.Type);
        row.Add(key.Indicator);
        row.Add(result.RetrievedAt?.ToUnixTimeMilliseconds());
        row.Add((long)result.Status);
        row.Add(result.Malicious);
        row.Add(result.Suspicious);
        row.Add(result.Harmless);
        row.Add(result.Undetected);
        row.Add(result.Name);
        row.Add(result.ThreatLabel);
        row.Add(Join(result.Tags));
        row.Add(Join(result.Categories));
        row.Add(result.Reputation);
        row.Add(result.LastAnalysisDate?.ToUnixTimeMilliseconds());
        row.Add(result.FirstSeen?.ToUnixTimeMilliseconds());
        row.Add(result.FileType);
        row.Add(result.Size);
        row.Add(result.Sha256);
        row.Add(result.Country);
        row.Add(result.Asn);
        row.Add(result.AsOwner);
        row.Add(result.Network);
        row.Add(result.Registrar);
        row.Add(result.FinalUrl);
        row.Add(result.HttpStatus);
        row.Add(result.Link);
        row.Add(answer.Report?.Gzip);
    }

    /// <summary>Makes the answer of a row that <see cref="Select"/> found.</summary>
    /// <param name="row">The row.</param>
    /// <param name="key">Which answer it is.</param>
    /// <param name="provider">Who gave it.</param>
    /// <param name="thresholds">What the opinions add up to.</param>
    /// <param name="withReport">Whether the row has the report.</param>
    internal static StoredAnswer Read(SqliteDataReader row, AnswerKey key, string provider, VerdictThresholds thresholds, bool withReport)
    {
        int? malicious = Int(2);
        DetectionCounts? detections = malicious is { } count ? new DetectionCounts(count, Int(3) ?? 0, Int(4) ?? 0, Int(5) ?? 0) : null;
        EnrichmentResult result = new()
        {
            Indicator = key.Indicator,
            Type = key.Type,
            RetrievedAt = Time(0),
            Status = (EnrichmentStatus)row.GetInt32(1),
            Verdict = detections is { } opinions ? opinions.ToVerdict(thresholds) : Verdict.Unknown,
            Malicious = detections?.Malicious,
            Suspicious = detections?.Suspicious,
            Harmless = detections?.Harmless,
            Undetected = detections?.Undetected,
            Name = Text(6),
            ThreatLabel = Text(7),
            Tags = Split(Text(8)),
            Categories = Split(Text(9)),
            Reputation = Int(10),
            LastAnalysisDate = Time(11),
            FirstSeen = Time(12),
            FileType = Text(13),
            Size = Long(14),
            Sha256 = Text(15),
            Country = Text(16),
            Asn = Long(17),
            AsOwner = Text(18),
            Network = Text(19),
            Registrar = Text(20),
            FinalUrl = Text(21),
            HttpStatus = Int(22),
            Link = Text(23),
            Provider = provider,
            FromCache = true,
        };
        return new StoredAnswer(result, withReport && !row.IsDBNull(24) ? new RawReport(row.GetFieldValue<byte[]>(24)) : null);

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        long? Long(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
        int? Int(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
    }

    private static void AddParameters(SqliteCommand command, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            command.Parameters.Add(new SqliteParameter("$" + name, null));
        }
    }

    // Texts in results have no line breaks: they are cleaned of them (DisplayText).
    private static string? Join(TextList texts) => texts.Count == 0 ? null : string.Join('\n', texts);

    private static TextList Split(string? texts) => texts is null ? TextList.Empty : new TextList(texts.Split('\n'));
}
