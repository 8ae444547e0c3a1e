using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IocEnrich.Engine.Http;

/// <summary>
/// Takes out of an indented JSON text what the reader would look at token by token for nothing. The service indents its reports: half of
/// a report are spaces at the beginning of lines, and half of the rest are lines with one member that nobody reads, such as the version
/// of each engine.
/// </summary>
internal static class JsonLines
{
    private const ulong EightSpaces = 0x2020_2020_2020_2020;

    /// <summary>The beginning of a line by which a member is known: eight bytes, the quotation mark before its name included.</summary>
    internal static ulong Beginning(ReadOnlySpan<byte> text) => BinaryPrimitives.ReadUInt64LittleEndian(text);

    /// <summary>Takes it out of a piece of the text.</summary>
    /// <remarks>
    /// The spaces mean nothing: within a string there is no line break in JSON, and one that is there all the same stays for the reader to
    /// refuse. A line that is a whole member with its comma leaves valid JSON behind, wherever it stood. So does the last member of an
    /// object that goes with the comma before it.
    /// </remarks>
    /// <param name="text">The piece. Where it begins or ends within a line, that part of the line stays.</param>
    /// <param name="unread">How the lines begin whose members nobody reads; see <see cref="Beginning"/>.</param>
    /// <returns>How much is left, at the beginning of <paramref name="text"/>.</returns>
    internal static int Thin(Span<byte> text, ReadOnlySpan<ulong> unread)
    {
        int kept = 0;
        int from = 0;
        int indent = 0;
        bool isWhole = false;
        while (from < text.Length)
        {
            if (isWhole && TryTakeShort(text, unread, ref indent, ref from, ref kept))
            {
                continue;
            }

            int length = text[from..].IndexOf((byte)'\n') + 1;
            int end = length == 0 ? text.Length : from + length;
            int next = end + CountSpaces(text[end..]);
            bool endsObject = next < text.Length && text[next] == '}';
            bool isLeftOut = isWhole && length > 0
                && IsUnread(text[from..end], unread, out bool hasComma)
                && (hasComma || (endsObject && TryTakeComma(text, ref kept)));
            if (!isLeftOut)
            {
                text[from..end].CopyTo(text[kept..]);
                kept += end - from;
            }

            isWhole = true;
            indent = next - end;
            from = next;
        }

        return kept;
    }

    /// <summary>
    /// Takes in one line as the rest does, where a vector holds the whole line and another the spaces behind it. Most lines are short; one
    /// vector tells all there is to know of them, and with so many a report each branch that the processor cannot foresee counts.
    /// </summary>
    /// <param name="unread">How the lines begin whose members nobody reads.</param>
    /// <param name="indent">By how much lines are indented at the moment.</param>
    /// <param name="from">Where the line begins; where it was taken in, where the next one does.</param>
    /// <param name="kept">How much was kept.</param>
    /// <returns><see langword="false"/> if it is no such line, and nothing was done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTakeShort(Span<byte> text, ReadOnlySpan<ulong> unread, ref int indent, ref int from, ref int kept)
    {
        if (text.Length - from < 2 * Vector256<byte>.Count)
        {
            return false;
        }

        ref byte start = ref MemoryMarshal.GetReference(text);
        Vector256<byte> line = Vector256.LoadUnsafe(ref start, (nuint)from);
        uint breaks = Find(line, (byte)'\n');
        if (breaks == 0)
        {
            // A longer line: a vector behind it might reach beyond the piece.
            return false;
        }

        int length = BitOperations.TrailingZeroCount(breaks) + 1;
        uint others = ~Find(Vector256.LoadUnsafe(ref start, (nuint)(from + length)), (byte)' ');
        if (others == 0)
        {
            return false;
        }

        int spaces = BitOperations.TrailingZeroCount(others);
        if (spaces != indent)
        {
            // Looked at, and not simply taken: most often it is as foreseen, and the next line need not wait for the counting.
            indent = spaces;
        }

        int next = from + length + indent;
        if (Begins(line.AsUInt64().ToScalar(), unread))
        {
            bool hasComma = text[from + length - 2] == ',';
            if (!IsNameAndText(line, text.Slice(from, length - (hasComma ? 2 : 1))) || !(hasComma || (text[next] == '}' && TryTakeComma(text, ref kept))))
            {
                return false;
            }
        }
        else
        {
            if (from + length - kept >= Vector256<byte>.Count)
            {
                // The whole vector: what is behind the line in it goes where nothing is left that is needed.
                line.StoreUnsafe(ref start, (nuint)kept);
            }
            else
            {
                text.Slice(from, length).CopyTo(text[kept..]);
            }

            kept += length;
        }

        from = next;
        return true;
    }

    /// <summary>Whether a member is <c>"name": "text"</c>: four quotation marks, with three bytes between the second and the third.</summary>
    private static bool IsNameAndText(Vector256<byte> line, ReadOnlySpan<byte> member)
    {
        uint within = uint.MaxValue >> (Vector256<byte>.Count - member.Length);
        uint quotes = Find(line, (byte)'"') & within;
        int second = BitOperations.TrailingZeroCount(quotes & (quotes - 1));
        return BitOperations.PopCount(quotes) == 4 && (Find(line, (byte)'\\') & within) == 0
            && member[^1] == '"' && (quotes >> (second + 3) & 1) != 0 && member[second + 1] == ':' && member[second + 2] == ' ';
    }

    /// <summary>Where a byte stands in a vector: the lowest bit is the first place.</summary>
    private static uint Find(Vector256<byte> bytes, byte wanted) => Vector256.Equals(bytes, Vector256.Create(wanted)).ExtractMostSignificantBits();

    private static int CountSpaces(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (text.Length - count >= sizeof(ulong) && BinaryPrimitives.ReadUInt64LittleEndian(text[count..]) == EightSpaces)
        {
            count += sizeof(ulong);
        }

        while (count < text.Length && text[count] == ' ')
        {
            count++;
        }

        return count;
    }

    /// <summary>Takes the comma away that would stand before the end of an object, where one stands there.</summary>
    /// <returns><see langword="false"/> if it is not in this piece.</returns>
    private static bool TryTakeComma(Span<byte> text, ref int kept)
    {
        ReadOnlySpan<byte> before = text[..kept];
        if (before.EndsWith(",\n"u8))
        {
            kept--;
            text[kept - 1] = (byte)'\n';
            return true;
        }

        return before.EndsWith("{\n"u8);
    }

    /// <summary>Whether a line is a whole member, <c>"name": "text"</c> or <c>"name": null</c>, and nobody reads it.</summary>
    private static bool IsUnread(ReadOnlySpan<byte> line, ReadOnlySpan<ulong> unread, out bool hasComma)
    {
        hasComma = line.EndsWith(",\n"u8);
        if (line.Length < sizeof(ulong) || !Begins(Beginning(line), unread))
        {
            return false;
        }

        ReadOnlySpan<byte> member = line[..^(hasComma ? 2 : 1)];
        ReadOnlySpan<byte> name = member[1..];
        ReadOnlySpan<byte> value = name[(name.IndexOf((byte)'"') + 1)..];
        return value.SequenceEqual(": null"u8)
            || (value.Length >= 4 && value.StartsWith(": \""u8) && value[3..].IndexOfAny((byte)'"', (byte)'\\') == value.Length - 4 && value[^1] == '"');
    }

    private static bool Begins(ulong beginning, ReadOnlySpan<ulong> unread)
    {
        foreach (ulong one in unread)
        {
            if (one == beginning)
            {
                return true;
            }
        }

        return false;
    }
}
