using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace IocEnrich.Engine.Sqlite;

/// <summary>
/// What the values of a row add up to, in their order: it tells a row that is as it was written from one that a failing disk, or a hand,
/// has changed since. It is no signature: whoever can write the file can write the sum as well. Not thread-safe; used again and again.
/// </summary>
internal sealed class RowChecksum
{
    // Before each value, so that no two rows are written down alike.
    private const byte Nothing = 0;
    private const byte Number = 1;
    private const byte Text = 2;
    private const byte Bytes = 3;

    private byte[] _values = new byte[2048];
    private int _length;
    private long _seed;

    /// <summary>What an answer's provider and endpoint add up to: their number in the file may be damaged as well.</summary>
    internal static long OfService(string provider, string endpoint)
    {
        RowChecksum sum = new();
        sum.Begin(0);
        sum.Add(provider);
        sum.Add(endpoint);
        return sum.Finish();
    }

    /// <summary>What a row of numbers adds up to.</summary>
    internal static long OfNumbers(params ReadOnlySpan<long> numbers)
    {
        RowChecksum sum = new();
        sum.Begin(0);
        foreach (long number in numbers)
        {
            sum.Add(number);
        }

        return sum.Finish();
    }

    /// <summary>What the report of a row adds up to: one that belongs to another row does not fit.</summary>
    internal static long OfReport(long row, ReadOnlySpan<byte> report) => unchecked((long)XxHash3.HashToUInt64(report, row));

    /// <summary>Starts the checksum of a new row.</summary>
    /// <param name="seed">What it depends on besides its values.</param>
    internal void Begin(long seed) => (_seed, _length) = (seed, 0);

    internal void Add(long? value)
    {
        if (value is not { } number)
        {
            AddNothing();
            return;
        }

        Span<byte> room = Reserve(1 + sizeof(long));
        room[0] = Number;
        BinaryPrimitives.WriteInt64LittleEndian(room[1..], number);
        _length += 1 + sizeof(long);
    }

    internal void Add(string? value)
    {
        if (value is null)
        {
            AddNothing();
            return;
        }

        // As .NET holds it: to make UTF-8 of it once more would cost more than all the rest.
        ReadOnlySpan<byte> text = MemoryMarshal.AsBytes(value.AsSpan());
        Span<byte> room = Reserve(1 + sizeof(int) + text.Length);
        room[0] = Text;
        BinaryPrimitives.WriteInt32LittleEndian(room[1..], text.Length);
        text.CopyTo(room[(1 + sizeof(int))..]);
        _length += 1 + sizeof(int) + text.Length;
    }

    internal void Add(ReadOnlySpan<byte> value)
    {
        Span<byte> room = Reserve(1 + sizeof(int) + value.Length);
        room[0] = Bytes;
        BinaryPrimitives.WriteInt32LittleEndian(room[1..], value.Length);
        value.CopyTo(room[(1 + sizeof(int))..]);
        _length += 1 + sizeof(int) + value.Length;
    }

    internal long Finish() => unchecked((long)XxHash3.HashToUInt64(_values.AsSpan(0, _length), _seed));

    private void AddNothing()
    {
        Reserve(1)[0] = Nothing;
        _length++;
    }

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(_values.Length * 2, _length + count));
        }

        return _values.AsSpan(_length);
    }
}
