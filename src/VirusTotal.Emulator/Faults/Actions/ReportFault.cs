using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>The report, with something in it that is not right. What is no report is answered as it is.</summary>
/// <param name="Change">Changes the object, <c>data</c> of the report.</param>
internal sealed record ReportFault(Action<JsonObject> Change) : FaultAction
{
    private const string Stranger = "stranger.example.org";

    /// <summary>The report on another object of the same type.</summary>
    public static ReportFault OtherObject { get; } = new(static data =>
    {
        JsonObject attributes = data["attributes"]!.AsObject();
        data["id"] = (string?)data["type"] switch
        {
            "domain" => Stranger,
            "ip_address" => "198.51.100.7",
            _ => new string('0', 64),
        };
        Replace(attributes, "url", $"http://{Stranger}/");
        Replace(attributes, "sha256", new string('0', 64));
        Replace(attributes, "sha1", new string('0', 40));
        Replace(attributes, "md5", new string('0', 32));
    });

    /// <summary>The report with another count of malicious engines, and without what each of them says.</summary>
    /// <param name="value">The count in JSON, whatever that is: <c>null</c>, <c>55.0</c>, <c>"55"</c>.</param>
    public static ReportFault Count(string value)
    {
        // Read once here, so that a text that is no JSON is refused when the rule is made.
        JsonNode? read = JsonNode.Parse(value);
        return new ReportFault(data =>
        {
            JsonObject attributes = data["attributes"]!.AsObject();
            attributes.Remove("last_analysis_results");
            attributes["last_analysis_stats"]!["malicious"] = read?.DeepClone();
        });
    }

    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        Answer answer = exchange.Answer;
        if (answer.Status == 200 && JsonNode.Parse(Text(answer)) is JsonObject report && report["data"] is JsonObject data)
        {
            Change(data);
            answer = answer with { Body = Encoding.UTF8.GetBytes(report.ToJsonString()), IsGzip = false };
        }

        await AnswerSender.SendAsync(exchange.Context, answer);
        return answer.Status;
    }

    private static void Replace(JsonObject attributes, string name, string value)
    {
        if (attributes.ContainsKey(name))
        {
            attributes[name] = value;
        }
    }

    private static byte[] Text(Answer answer)
    {
        if (!answer.IsGzip)
        {
            return answer.Body.ToArray();
        }

        using GZipStream expanding = new(new MemoryStream(answer.Body.ToArray()), CompressionMode.Decompress);
        using MemoryStream expanded = new();
        expanding.CopyTo(expanded);
        return expanded.ToArray();
    }
}
