using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>An answer as a row. The verdict is not kept: it depends on thresholds that may be others tomorrow.</summary>
internal static class CacheColumns
{
    /// <summary>What an answer says, without its report.</summary>
    internal static readonly string[] Summary =
    [
        "retrieved_at", "status", "malicious", "suspicious", "harmless", "undetected", "name", "threat_label", "tags", "categories", "reputation",
        "last_analysis_date", "first_seen", "file_type", "size", "sha256", "country", "asn", "as_owner", "network", "registrar", "final_url",
        "http_status", "link",
    ];

    private static readonly string[] Key = ["service", "type", "indicator"];

    private static readonly string[] All = [.. Key, .. Summary, "checksum", "report_checksum", "report"];

    /// <summary>Reads one answer; with its report or without. <see cref="CacheRow"/> makes an answer of the row.</summary>
    internal static SqliteCommand Select(SqliteConnection connection, bool withReport)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {string.Join(", ", Summary)}, checksum{(withReport ? ", report_checksum, report" : "")} FROM answers WHERE service = $service AND type = $type AND indicator = $indicator";
        foreach (string name in Key)
        {
            command.Parameters.Add(new SqliteParameter("$" + name, null));
        }

        return command;
    }

    internal static void BindKey(SqliteCommand command, CacheKey key)
    {
        SqliteParameterCollection parameters = command.Parameters;
        parameters[0].Value = key.Service.Id;
        parameters[1].Value = (long)key.Type;
        parameters[2].Value = key.Indicator;
    }

    /// <summary>Writes one answer, in the place of an older one; <see cref="CacheInsert"/> gives it its values.</summary>
    internal static PreparedInsert Replace(SqliteConnection connection) =>
        new(connection, $"INSERT OR REPLACE INTO answers ({string.Join(", ", All)}) VALUES ({string.Join(", ", All.Select(static _ => "?"))})");

    // Texts in results have no line breaks: they are cleaned of them (DisplayText).
    internal static string? Join(TextList texts) => texts.Count == 0 ? null : string.Join('\n', texts);

    internal static TextList Split(string? texts)
    {
        if (texts is null)
        {
            return TextList.Empty;
        }

        string[] split = texts.Split('\n');
        for (int index = 0; index < split.Length; index++)
        {
            split[index] = CacheRow.Clean(split[index]);
        }

        return new TextList(split);
    }
}
