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

    /// <summary>Writes one answer, in the place of an older one.</summary>
    internal static SqliteCommand Replace(SqliteConnection connection)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"INSERT OR REPLACE INTO answers ({string.Join(", ", All)}) VALUES ({string.Join(", ", All.Select(static name => "$" + name))})";
        AddParameters(command, All);
        return command;
    }

    internal static void BindKey(SqliteCommand command, AnswerKey key)
    {
        SqliteParameterCollection parameters = command.Parameters;
        parameters[0].Value = key.Service;
        parameters[1].Value = (long)key.Type;
        parameters[2].Value = key.Indicator;
    }

    internal static void Bind(SqliteCommand command, AnswerKey key, StoredAnswer answer)
    {
        BindKey(command, key);
        EnrichmentResult result = answer.Result;
        int index = 3;
        Add(result.RetrievedAt?.ToUnixTimeMilliseconds());
        Add((long)result.Status);
        Add(result.Malicious);
        Add(result.Suspicious);
        Add(result.Harmless);
        Add(result.Undetected);
        Add(result.Name);
        Add(result.ThreatLabel);
        Add(Join(result.Tags));
        Add(Join(result.Categories));
        Add(result.Reputation);
        Add(result.LastAnalysisDate?.ToUnixTimeMilliseconds());
        Add(result.FirstSeen?.ToUnixTimeMilliseconds());
        Add(result.FileType);
        Add(result.Size);
        Add(result.Sha256);
        Add(result.Country);
        Add(result.Asn);
        Add(result.AsOwner);
        Add(result.Network);
        Add(result.Registrar);
        Add(result.FinalUrl);
        Add(result.HttpStatus);
        Add(result.Link);
        Add(answer.Report?.Gzip);

        void Add(object? value) => command.Parameters[index++].Value = value ?? DBNull.Value;
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
