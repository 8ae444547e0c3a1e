namespace IocEnrich;

/// <summary>IPv6 addresses: every text form of RFC 4291, section 2.2, in; the canonical form of RFC 5952 out.</summary>
internal static class IPv6Text
{
    private const int Groups = 8;

    /// <summary>Reads an address without brackets, zone or prefix length.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = default;
        Span<ushort> groups = stackalloc ushort[Groups];
        int count = 0;
        int gap = -1;
        int index = 0;
        if (text.StartsWith("::"))
        {
            gap = 0;
            index = 2;
        }
        else if (text.IsEmpty || text[0] == ':')
        {
            return false;
        }

        while (index < text.Length)
        {
            int start = index;
            uint group = 0;
            while (index < text.Length && index - start < 5 && char.IsAsciiHexDigit(text[index]))
            {
                char c = text[index++];
                group = (group << 4) | (uint)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
            }

            int digits = index - start;
            if (digits is > 0 and < 4 && index < text.Length && text[index] == '.')
            {
                return TryReadTail(text[start..], groups, count, gap, out address);
            }

            if (digits is 0 or > 4 || count == Groups)
            {
                return false;
            }

            groups[count++] = (ushort)group;
            if (index == text.Length)
            {
                break;
            }

            if (text[index++] != ':' || index == text.Length)
            {
                return false;
            }

            if (text[index] == ':')
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = count;
                index++;
            }
        }

        return TryJoin(groups, count, gap, out address);
    }

    /// <summary>Writes the address in the form of RFC 5952: lower case, no leading zeros, the longest run of zeros as <c>::</c>.</summary>
    public static void Append(ref TextBuffer output, UInt128 address)
    {
        (int runStart, int runLength) = LongestZeroRun(address);
        Span<char> hex = stackalloc char[4];
        for (int i = 0; i < Groups; i++)
        {
            if (i == runStart)
            {
                output.Append("::");
                i += runLength - 1;
                continue;
            }

            if (i > 0 && i != runStart + runLength)
            {
                output.Append(':');
            }

            Group(address, i).TryFormat(hex, out int written, "x", System.Globalization.CultureInfo.InvariantCulture);
            output.Append(hex[..written]);
        }
    }

    /// <summary>
    /// Whether the address is an IPv4 address in IPv6 clothes (<c>::ffff:0:0/96</c>, RFC 4291, section 2.5.5.2), as sockets that
    /// listen to both protocols log them.
    /// </summary>
    public static bool IsMapped(UInt128 address) => (address >> 32) == 0xFFFF;

    private static (int Start, int Length) LongestZeroRun(UInt128 address)
    {
        // RFC 5952, section 4.2: one group alone is not shortened, and of runs of equal length the first is.
        (int bestStart, int bestLength) = (-1, 1);
        for (int i = 0; i < Groups; i++)
        {
            int start = i;
            while (i < Groups && Group(address, i) == 0)
            {
                i++;
            }

            if (i - start > bestLength)
            {
                (bestStart, bestLength) = (start, i - start);
            }
        }

        return bestStart < 0 ? (-1, 0) : (bestStart, bestLength);
    }

    private static ushort Group(UInt128 address, int index) => (ushort)(address >> (16 * (Groups - 1 - index)));

    private static bool TryReadTail(ReadOnlySpan<char> tail, Span<ushort> groups, int count, int gap, out UInt128 address)
    {
        address = default;
        if (count > Groups - 2 || !IPv4Text.TryRead(tail, out uint low, out _, out _))
        {
            return false;
        }

        groups[count] = (ushort)(low >> 16);
        groups[count + 1] = (ushort)low;
        return TryJoin(groups, count + 2, gap, out address);
    }

    private static bool TryJoin(ReadOnlySpan<ushort> groups, int count, int gap, out UInt128 address)
    {
        address = default;
        if (gap < 0 ? count != Groups : count >= Groups)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            int position = gap >= 0 && i >= gap ? Groups - count + i : i;
            address |= (UInt128)groups[i] << (16 * (Groups - 1 - position));
        }

        return true;
    }
}
