using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace VirusTotal.Emulator.Answers;

/// <summary>
/// A bounded dictionary of two generations. When the young one is full it becomes the old one, and the old one is dropped: what was used
/// since then has moved over. Reading costs one look-up, and there is no list to keep in order under a lock.
/// </summary>
/// <param name="capacity">The most that both generations weigh together, in the unit of <paramref name="weigh"/>.</param>
/// <param name="weigh">What an entry weighs, from 1.</param>
internal sealed class AgingCache<TValue>(long capacity, Func<TValue, long> weigh)
    where TValue : class
{
    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<string, TValue> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, TValue> _old = new(StringComparer.Ordinal);
    private long _weight;

    public bool TryGet(string key, [NotNullWhen(true)] out TValue? value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        bool isOld = _old.TryRemove(key, out value);
        if (isOld)
        {
            Set(key, value!);
        }

        return isOld;
    }

    public void Set(string key, TValue value)
    {
        _young[key] = value;
        if (Interlocked.Add(ref _weight, weigh(value)) <= capacity / 2)
        {
            return;
        }

        lock (_turning)
        {
            if (Volatile.Read(ref _weight) > capacity / 2)
            {
                _old = _young;
                _young = new(StringComparer.Ordinal);
                Volatile.Write(ref _weight, 0);
            }
        }
    }
}
