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
    private DateTime _hour;
    private int _thisHour;

    /// <summary>Takes one request off the quota; false, and nothing taken, where there is none left.</summary>
    public bool TryTake(LookupKind kind)
    {
        TimeProvider time = options.TimeProvider;
        DateTime now = time.GetUtcNow().UtcDateTime;
        lock (_lock)
        {
            int[] today = Today(DateOnly.FromDateTime(now));
            if ((options.RequestsPerDay > 0 && today.Sum() >= options.RequestsPerDay) || !HasRoomInMinute(time))
            {
                return false;
            }

            if (options.RequestsPerMinute > 0)
            {
                _lastMinute.Enqueue(time.GetTimestamp());
            }

            DateTime hour = now.Date.AddHours(now.Hour);
            _thisHour = hour == _hour ? _thisHour + 1 : 1;
            _hour = hour;
            today[(int)kind]++;
            return true;
        }
    }

    /// <summary>How many requests were taken this hour, today and this month (UTC).</summary>
    public (int Hour, int Day, int Month) Used()
    {
        DateTime now = options.TimeProvider.GetUtcNow().UtcDateTime;
        DateOnly day = DateOnly.FromDateTime(now);
        lock (_lock)
        {
            int month = _days.Where(pair => pair.Key.Year == day.Year && pair.Key.Month == day.Month).Sum(pair => pair.Value.Sum());
            return (now.Date.AddHours(now.Hour) == _hour ? _thisHour : 0, Today(day).Sum(), month);
        }
    }

    /// <summary>How many lookups there were on each day (UTC), by <see cref="LookupKind"/>; the last 31 days that had any.</summary>
    public IReadOnlyList<(DateOnly Day, int[] Lookups)> Days()
    {
        lock (_lock)
        {
            return [.. _days.Where(pair => pair.Value.Sum() > 0).Select(pair => (pair.Key, pair.Value.ToArray()))];
        }
    }

    private bool HasRoomInMinute(TimeProvider time)
    {
        while (_lastMinute.TryPeek(out long oldest) && time.GetElapsedTime(oldest) >= Minute)
        {
            _lastMinute.Dequeue();
        }

        return options.RequestsPerMinute == 0 || _lastMinute.Count < options.RequestsPerMinute;
    }

    private int[] Today(DateOnly day)
    {
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
