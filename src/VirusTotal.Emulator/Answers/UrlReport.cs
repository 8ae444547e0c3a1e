using System.Globalization;
using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>The attributes of a URL.</summary>
internal static class UrlReport
{
    private static readonly string[] Titles =
    [
        "Sign in to your account", "Index of /downloads", "Garden tools and seeds", "404 Not Found", "Banque en ligne – Connexion",
        "ログイン", "Weekly bulletin", "Parcel tracking",
    ];

    public static void Write(Utf8JsonWriter json, SeededRandom random, string url, EmulatedVerdict verdict, ThreatFamily? family)
    {
        bool bad = verdict.MaliciousEngines > 2;
        long first = CommonAttributes.DaysAgo(random, 100, 2500);
        long last = CommonAttributes.DaysAgo(random, 1, 99);
        json.WriteString("url", url);
        json.WriteString("last_final_url", random.Chance(0.2) ? $"{url.TrimEnd('/')}/index.html" : url);
        json.WriteNumber("first_submission_date", first);
        json.WriteNumber("last_submission_date", last);
        json.WriteNumber("last_analysis_date", last);
        json.WriteNumber("last_modification_date", last + random.Between(5, 900));
        json.WriteNumber("times_submitted", random.Between(1, 900));
        json.WriteBoolean("has_content", random.Chance(0.3));
        CommonAttributes.WriteVotes(json, random, verdict);
        CommonAttributes.WriteCategories(json, random, verdict);
        CommonAttributes.WriteTags(json, random, 0.3, "external-resources", "iframes", "dom-modification", "third-party-cookies");
        if (random.Chance(0.67))
        {
            json.WriteString("title", random.Pick<string>(Titles));
        }

        if (random.Chance(0.67))
        {
            CommonAttributes.WriteStrings(json, "threat_names", bad && family is not null ? [$"C2/{family.Label}"] : []);
        }

        if (random.Chance(0.75))
        {
            WriteResponse(json, random, last);
        }
    }

    private static void WriteResponse(Utf8JsonWriter json, SeededRandom random, long date)
    {
        json.WriteNumber("last_http_response_code", random.Pick<int>([200, 200, 200, 200, 404, 403, 301, 503]));
        json.WriteNumber("last_http_response_content_length", random.Between(0, 250000));
        json.WriteString("last_http_response_content_sha256", random.Hex(64));
        json.WriteStartObject("last_http_response_headers");
        json.WriteString("date", DateTimeOffset.FromUnixTimeSeconds(date).ToString("r", CultureInfo.InvariantCulture));
        json.WriteString("server", random.Pick<string>(["nginx", "Apache", "cloudfront", "LiteSpeed"]));
        json.WriteString("content-type", "text/html; charset=UTF-8");
        json.WriteString("connection", "keep-alive");
        json.WriteString("etag", $"W/\"{random.Hex(16)}\"");
        json.WriteEndObject();
        WriteLinks(json, random);
        WriteHtmlMeta(json, random);
    }

    private static void WriteLinks(Utf8JsonWriter json, SeededRandom random)
    {
        json.WriteStartArray("outgoing_links");
        foreach (int number in Enumerable.Range(0, random.Between(0, 24)))
        {
            json.WriteStringValue($"https://link-{number}-{random.Hex(8)}.example.net/page/{random.Hex(12)}");
        }

        json.WriteEndArray();
    }

    private static void WriteHtmlMeta(Utf8JsonWriter json, SeededRandom random)
    {
        json.WriteStartObject("html_meta");
        CommonAttributes.WriteStrings(json, "viewport", "width=device-width, initial-scale=1");
        CommonAttributes.WriteStrings(json, "description", "A page of the emulated web.");
        CommonAttributes.WriteStrings(json, "og:image", $"https://images.example.net/{random.Hex(24)}.png");
        if (random.Chance(0.1))
        {
            // Pages do have meta elements without a name.
            CommonAttributes.WriteStrings(json, "", "unnamed");
        }

        json.WriteEndObject();
    }
}
