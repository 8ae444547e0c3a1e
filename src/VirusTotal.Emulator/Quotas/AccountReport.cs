using System.Text.Json.Nodes;
using VirusTotal.Emulator.Answers;

namespace VirusTotal.Emulator.Quotas;

/// <summary>Writes what the service tells about a key's quotas.</summary>
internal static class AccountReport
{
    // Where there is no cap the service shows a huge number, another one for each period.
    private const long NoCap = 1_000_000_000;
    private const long NoCapPerHour = 60_000_000_000;

    /// <summary>The answer to <c>/users/{id}/overall_quotas</c>.</summary>
    public static Answer OverallQuotas(EmulatorOptions options, KeyUsage usage)
    {
        (int hour, int day, int month) = usage.Used();
        return Answer.Of(200, new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["api_requests_hourly"] = Quota(options.RequestsPerMinute == 0 ? NoCapPerHour : options.RequestsPerMinute * 60L, hour),
                ["api_requests_daily"] = Quota(options.RequestsPerDay == 0 ? NoCap : options.RequestsPerDay, day),
                ["api_requests_monthly"] = Quota(options.RequestsPerDay == 0 ? NoCap : options.RequestsPerDay * 31L, month),
            },
        });
    }

    private static JsonObject Quota(long allowed, int used) => new() { ["user"] = new JsonObject { ["allowed"] = allowed, ["used"] = used } };
}
