using System.Buffers.Binary;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>
/// Takes out of an indented JSON text what the reader would look at token by token for nothing. The service indents its reports: half of
/// a report are spaces at the beginning of lines, and half of the rest are lines with one member that nobody reads, such as the version
/// of each engine.
/// </summary>
internal static class JsonLines
{
    /// <summary>The beginning of a line by which a member is known: eight bytes, the quotation mark before its name included.</summary>
    internal static ulong Beginning(ReadOnlySpan<byte> text) => BinaryPrimitives.ReadUInt64LittleEndian(text);

    /// <summary>Takes it out of a piece of the text.</summary>
    /// <remarks>
    /// The spaces mean nothing: within a string there is no line break in JSON, and one that is there all the same stays for the reader to
    /// refuse. A line that is a whole member with its comma leaves valid JSON behind, wherever it stood.
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
            Span<byte> rest = text[from..];
            int length = rest.IndexOf((byte)'\n') + 1;
            Span<byte> line = length == 0 ? rest : rest[..length];
            if (!isWhole || length == 0 || !IsUnread(line, unread))
            {
                line.CopyTo(text[kept..]);
                kept += line.Length;
            }

            isWhole = true;
            int indent = rest[line.Length..].IndexOfAnyExcept((byte)' ');
            from = indent < 0 ? text.Length : from + line.Length + indent;
        }

        return kept;
    }

    /// <summary>Whether a line is <c>"name": "text",</c> or <c>"name": null,</c>, and nobody reads it.</summary>
    private static bool IsUnread(ReadOnlySpan<byte> line, ReadOnlySpan<ulong> unread)
    {
        if (line.Length < sizeof(ulong) || !unread.Contains(Beginning(line)) || !line.EndsWith(",\n"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> name = line[1..];
        ReadOnlySpan<byte> value = name[(name.IndexOf((byte)'"') + 1)..^2];
        return value.SequenceEqual(": null"u8)
            || (value.Length >= 4 && value.StartsWith(": \""u8) && value[^1] == '"' && value[3..^1].IndexOfAny((byte)'"', (byte)'\\') < 0);
    }
}
