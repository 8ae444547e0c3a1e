using System.Text.Json.Nodes;
using VirusTotal.Emulator.Answers;

namespace VirusTotal.Emulator.Quotas;

/// <summary>What one key has used, and whether it may go on.</summary>
internal sealed class KeyUsage(EmulatorOptions options)
{
    // Where there is no cap the service shows a huge number, another one for each period.
    private const long NoCap = 1_000_000_000;
    private const long NoCapPerHour = 60_000_000_000;

    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Queue<long> _lastMinute = new();
    private readonly Counter _hour = new(static time => time.Date.AddHours(time.Hour));
    private readonly Counter _day = new(static time => time.Date);
    private readonly Counter _month = new(static time => new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc));

    private DateTime Now => options.TimeProvider.GetUtcNow().UtcDateTime;

    /// <summary>Takes one request off the quota; false, and nothing taken, where there is none left.</summary>
    public bool TryTake()
    {
        DateTime now = Now;
        lock (_lock)
        {
            while (_lastMinute.TryPeek(out long oldest) && options.TimeProvider.GetElapsedTime(oldest) >= Minute)
            {
                _lastMinute.Dequeue();
            }

            if ((options.RequestsPerDay > 0 && _day.At(now) >= options.RequestsPerDay)
                || (options.RequestsPerMinute > 0 && _lastMinute.Count >= options.RequestsPerMinute))
            {
                return false;
            }

            if (options.RequestsPerMinute > 0)
            {
                _lastMinute.Enqueue(options.TimeProvider.GetTimestamp());
            }

            _hour.Add(now);
            _day.Add(now);
            _month.Add(now);
            return true;
        }
    }

    /// <summary>The answer to <c>/users/{id}/overall_quotas</c>: what was taken this hour, today and this month (UTC), and what may be.</summary>
    public Answer OverallQuotas()
    {
        lock (_lock)
        {
            return Answer.Of(200, new JsonObject
            {
                ["data"] = new JsonObject
                {
                    ["api_requests_hourly"] = Quota(_hour, options.RequestsPerMinute == 0 ? NoCapPerHour : options.RequestsPerMinute * 60L),
                    ["api_requests_daily"] = Quota(_day, options.RequestsPerDay == 0 ? NoCap : options.RequestsPerDay),
                    ["api_requests_monthly"] = Quota(_month, options.RequestsPerDay == 0 ? NoCap : options.RequestsPerDay * 31L),
                },
            });
        }
    }

    private JsonObject Quota(Counter used, long allowed) =>
        new() { ["user"] = new JsonObject { ["allowed"] = allowed, ["used"] = used.At(Now) } };

    /// <summary>Counts within the latest period of its kind.</summary>
    private sealed class Counter(Func<DateTime, DateTime> startOf)
    {
        private (DateTime Start, int Used) _period;

        public int At(DateTime now) => _period.Start == startOf(now) ? _period.Used : 0;

        public void Add(DateTime now) => _period = (startOf(now), At(now) + 1);
    }
}
