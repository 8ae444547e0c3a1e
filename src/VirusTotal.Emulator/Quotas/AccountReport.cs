using System.Globalization;
using System.Text.Json.Nodes;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Quotas;

/// <summary>Writes what the service tells about a key's quotas and usage.</summary>
internal static class AccountReport
{
    // Where there is no cap the service shows a huge number, another one for each period.
    private const long NoCap = 1_000_000_000;
    private const long NoCapPerHour = 60_000_000_000;

    /// <summary>The answer to <c>/users/{id}/overall_quotas</c>.</summary>
    public static Answer OverallQuotas(EmulatorOptions options, KeyUsage usage)
    {
        (int hour, int day, int month) = usage.Used();
        return Data(new JsonObject
        {
            ["api_requests_hourly"] = Quota(options.RequestsPerMinute == 0 ? NoCapPerHour : options.RequestsPerMinute * 60L, hour),
            ["api_requests_daily"] = Quota(options.RequestsPerDay == 0 ? NoCap : options.RequestsPerDay, day),
            ["api_requests_monthly"] = Quota(options.RequestsPerDay == 0 ? NoCap : options.RequestsPerDay * 31L, month),
        });
    }

    /// <summary>The answer to <c>/users/{id}/api_usage</c>.</summary>
    public static Answer ApiUsage(KeyUsage usage)
    {
        IReadOnlyList<(DateOnly Day, int[] Lookups)> days = usage.Days();
        JsonObject daily = new(days.Select(static day => KeyValuePair.Create<string, JsonNode?>(
            day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Usage(kind => day.Lookups[(int)kind]))));
        return Data(new JsonObject { ["daily"] = daily, ["total"] = Usage(kind => days.Sum(day => day.Lookups[(int)kind])) });
    }

    private static Answer Data(JsonObject data) => Answer.Of(200, new JsonObject { ["data"] = data });

    private static JsonObject Quota(long allowed, int used) => new() { ["user"] = new JsonObject { ["allowed"] = allowed, ["used"] = used } };

    private static JsonObject Usage(Func<LookupKind, int> lookups) => new(Enum.GetValues<LookupKind>()
        .Where(kind => lookups(kind) > 0)
        .Select(kind => KeyValuePair.Create<string, JsonNode?>(kind.Collection(), lookups(kind))));
}
