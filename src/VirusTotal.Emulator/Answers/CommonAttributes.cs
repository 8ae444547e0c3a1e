using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>The attributes that all four kinds of reports share.</summary>
internal static class CommonAttributes
{
    /// <summary>2025-10-07 00:00 UTC, in Unix seconds: nothing in an answer is later, whatever day it is.</summary>
    public const long LatestDate = 1759795200;

    public const int Day = 86400;

    private static readonly string[] Classifiers =
        ["Forcepoint ThreatSeeker", "Sophos", "BitDefender", "alphaMountain.ai", "Webroot", "Xcitium Verdict Cloud"];

    private static readonly string[] BadCategories =
    [
        "malicious web sites", "Malware Sites", "phishing and fraud", "known infection source", "command and control",
        "compromised websites",
    ];

    private static readonly string[] GoodCategories =
    [
        "information technology", "Business and Economy", "computers and software", "News & media", "education",
        "search engines and portals",
    ];

    /// <summary>A date between so many days before <see cref="LatestDate"/>, in Unix seconds.</summary>
    public static long DaysAgo(SeededRandom random, int nearest, int farthest) =>
        LatestDate - ((long)random.Between(nearest, farthest) * Day) + random.Below(Day) - Day;

    public static void WriteVotes(Utf8JsonWriter json, SeededRandom random, EmulatedVerdict verdict)
    {
        bool bad = verdict.MaliciousEngines > 2;
        int against = bad ? random.Between(0, 14) : 0;
        int inFavour = bad ? random.Below(2) : random.Below(4);
        json.WriteNumber("reputation", inFavour - (against * random.Between(1, 11)));
        json.WriteStartObject("total_votes");
        json.WriteNumber("harmless", inFavour);
        json.WriteNumber("malicious", against);
        json.WriteEndObject();
    }

    public static void WriteStrings(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Tags: each of the possible ones in about that share of all reports.</summary>
    public static void WriteTags(Utf8JsonWriter json, SeededRandom random, double share, params ReadOnlySpan<string> possible) =>
        WriteStrings(json, "tags", Some(random, possible, share));

    /// <summary>Some of the values, none twice, in the order they are given.</summary>
    public static string[] Some(SeededRandom random, ReadOnlySpan<string> values, double share)
    {
        List<string> some = [];
        foreach (string value in values)
        {
            if (random.Chance(share))
            {
                some.Add(value);
            }
        }

        return [.. some];
    }

    /// <summary>What classifiers of web pages call it: an object of engine and category, empty for about a quarter.</summary>
    public static void WriteCategories(Utf8JsonWriter json, SeededRandom random, EmulatedVerdict verdict)
    {
        json.WriteStartObject("categories");
        if (random.Chance(0.75))
        {
            string[] words = verdict.MaliciousEngines > 2 ? BadCategories : GoodCategories;
            foreach (string engine in Some(random, Classifiers, 0.6))
            {
                json.WriteString(engine, random.Pick<string>(words));
            }
        }

        json.WriteEndObject();
    }
}
