using System.Buffers.Binary;

namespace IocEnrich.Engine.VirusTotal;

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
        bool isWhole = false;
        while (from < text.Length)
        {
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
            from = next;
        }

        return kept;
    }

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
    /// <returns><see langword="false"/> where it is not in this piece.</returns>
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
        if (line.Length < sizeof(ulong) || !Begins(line, unread))
        {
            return false;
        }

        ReadOnlySpan<byte> member = line[..^(hasComma ? 2 : 1)];
        ReadOnlySpan<byte> name = member[1..];
        ReadOnlySpan<byte> value = name[(name.IndexOf((byte)'"') + 1)..];
        return value.SequenceEqual(": null"u8)
            || (value.Length >= 4 && value.StartsWith(": \""u8) && value[3..].IndexOfAny((byte)'"', (byte)'\\') == value.Length - 4 && value[^1] == '"');
    }

    private static bool Begins(ReadOnlySpan<byte> line, ReadOnlySpan<ulong> unread)
    {
        ulong beginning = Beginning(line);
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
