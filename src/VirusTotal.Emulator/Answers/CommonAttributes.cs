using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>The attributes that all four kinds of reports share.</summary>
internal static class CommonAttributes
{
    /// <summary>2025-10-07 00:00 UTC, in Unix seconds: nothing in an answer is later, whatever day it is.</summary>
    public const long LatestDate = 1759795200;

    public const int Day = 86400;

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
            ReadOnlySpan<string> words = verdict.MaliciousEngines > 2
                ? ["malicious web sites", "Malware Sites", "phishing and fraud", "known infection source", "command and control", "compromised websites"]
                : ["information technology", "Business and Economy", "computers and software", "News & media", "education", "search engines and portals"];
            foreach (string engine in Some(random, ["Forcepoint ThreatSeeker", "Sophos", "BitDefender", "alphaMountain.ai", "Webroot", "Xcitium Verdict Cloud"], 0.6))
            {
                json.WriteString(engine, random.Pick(words));
            }
        }

        json.WriteEndObject();
    }
}
