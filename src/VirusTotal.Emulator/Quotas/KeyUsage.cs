namespace VirusTotal.Emulator.Quotas;

/// <summary>What one key has used, and whether it may go on.</summary>
internal sealed class KeyUsage(EmulatorOptions options)
{
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

    /// <summary>How many requests were taken this hour, today and this month (UTC).</summary>
    public (int Hour, int Day, int Month) Used()
    {
        lock (_lock)
        {
            return (_hour.At(Now), _day.At(Now), _month.At(Now));
        }
    }

    /// <summary>Counts within the latest period of its kind.</summary>
    private sealed class Counter(Func<DateTime, DateTime> startOf)
    {
        private (DateTime Start, int Used) _period;

        public int At(DateTime now) => _period.Start == startOf(now) ? _period.Used : 0;

        public void Add(DateTime now) => _period = (startOf(now), At(now) + 1);
    }
}
