using System.Globalization;
using System.Text.Json;
using VirusTotal.Emulator.Http;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Quotas;

/// <summary>Writes what the service tells about a key's quotas and usage.</summary>
internal static class AccountReport
{
    // Where there is no cap the service shows a huge number, another one for each period.
    private const long NoCap = 1_000_000_000;
    private const long NoCapPerHour = 60_000_000_000;

    /// <summary>The body of <c>/users/{id}/overall_quotas</c>.</summary>
    public static byte[] OverallQuotas(EmulatorOptions options, KeyUsage usage) => Write(json =>
    {
        (int hour, int day, int month) = usage.Used();
        WriteQuota(json, "api_requests_hourly", options.RequestsPerMinute == 0 ? NoCapPerHour : options.RequestsPerMinute * 60L, hour);
        WriteQuota(json, "api_requests_daily", options.RequestsPerDay == 0 ? NoCap : options.RequestsPerDay, day);
        WriteQuota(json, "api_requests_monthly", options.RequestsPerDay == 0 ? NoCap : options.RequestsPerDay * 31L, month);
    });

    /// <summary>The body of <c>/users/{id}/api_usage</c>.</summary>
    public static byte[] ApiUsage(KeyUsage usage) => Write(json =>
    {
        IReadOnlyList<(DateOnly Day, int[] Lookups)> days = usage.Days();
        json.WriteStartObject("daily");
        foreach ((DateOnly day, int[] lookups) in days)
        {
            WriteUsage(json, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), kind => lookups[(int)kind]);
        }

        json.WriteEndObject();
        WriteUsage(json, "total", kind => days.Sum(day => day.Lookups[(int)kind]));
    });

    private static byte[] Write(Action<Utf8JsonWriter> writeData) => JsonBody.Write(json =>
    {
        json.WriteStartObject("data");
        writeData(json);
        json.WriteEndObject();
    });

    private static void WriteQuota(Utf8JsonWriter json, string name, long allowed, int used)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("user");
        json.WriteNumber("allowed", allowed);
        json.WriteNumber("used", used);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, string name, Func<LookupKind, int> lookups)
    {
        json.WriteStartObject(name);
        foreach (LookupKind kind in Enum.GetValues<LookupKind>())
        {
            if (lookups(kind) > 0)
            {
                json.WriteNumber(kind.Collection(), lookups(kind));
            }
        }

        json.WriteEndObject();
    }
}
