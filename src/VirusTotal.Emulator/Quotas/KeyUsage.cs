using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Quotas;

/// <summary>What one key has used, and whether it may go on.</summary>
internal sealed class KeyUsage(EmulatorOptions options)
{
    private const int DaysKept = 31;
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Queue<long> _lastMinute = new();
    private readonly SortedDictionary<DateOnly, int[]> _days = [];
    private (DateTime Start, int Used) _hour;

    private DateTime Now => options.TimeProvider.GetUtcNow().UtcDateTime;

    /// <summary>Takes one request off the quota; false, and nothing taken, where there is none left.</summary>
    public bool TryTake(LookupKind kind)
    {
        DateTime now = Now;
        lock (_lock)
        {
            int[] today = Today(now);
            if ((options.RequestsPerDay > 0 && today.Sum() >= options.RequestsPerDay) || !TryTakeOfMinute())
            {
                return false;
            }

            _hour = (HourOf(now), _hour.Start == HourOf(now) ? _hour.Used + 1 : 1);
            today[(int)kind]++;
            return true;
        }
    }

    /// <summary>How many requests were taken this hour, today and this month (UTC).</summary>
    public (int Hour, int Day, int Month) Used()
    {
        DateTime now = Now;
        lock (_lock)
        {
            int month = _days.Where(pair => (pair.Key.Year, pair.Key.Month) == (now.Year, now.Month)).Sum(static pair => pair.Value.Sum());
            return (_hour.Start == HourOf(now) ? _hour.Used : 0, Today(now).Sum(), month);
        }
    }

    /// <summary>How many lookups there were on each day (UTC), by <see cref="LookupKind"/>; the last 31 days that had any.</summary>
    public IReadOnlyList<(DateOnly Day, int[] Lookups)> Days()
    {
        lock (_lock)
        {
            return [.. _days.Where(static pair => pair.Value.Sum() > 0).Select(static pair => (pair.Key, pair.Value.ToArray()))];
        }
    }

    private static DateTime HourOf(DateTime time) => time.Date.AddHours(time.Hour);

    private bool TryTakeOfMinute()
    {
        if (options.RequestsPerMinute == 0)
        {
            return true;
        }

        while (_lastMinute.TryPeek(out long oldest) && options.TimeProvider.GetElapsedTime(oldest) >= Minute)
        {
            _lastMinute.Dequeue();
        }

        bool hasRoom = _lastMinute.Count < options.RequestsPerMinute;
        if (hasRoom)
        {
            _lastMinute.Enqueue(options.TimeProvider.GetTimestamp());
        }

        return hasRoom;
    }

    private int[] Today(DateTime now)
    {
        DateOnly day = DateOnly.FromDateTime(now);
        if (!_days.TryGetValue(day, out int[]? today))
        {
            _days[day] = today = new int[Enum.GetValues<LookupKind>().Length];
            if (_days.Count > DaysKept)
            {
                _days.Remove(_days.First().Key);
            }
        }

        return today;
    }
}
