namespace IocEnrich;

/// <summary>IPv4 addresses in dotted-decimal form, and in the number forms that a URL host may have.</summary>
internal static class IPv4Text
{
    /// <summary>Whether the text consists of digits and dots, so that it means an address or nothing.</summary>
    public static bool HasShape(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is < '0' or > '9' || !text.Contains('.'))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (c != '.' && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads <c>a.b.c.d</c>. A number with a leading zero is refused: it is ambiguous (RFC 6943, section 3.1.1).</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out uint address, out Rejection rejection, out Range wrong)
    {
        address = 0;
        wrong = ..;
        int parts = 0;
        int index = 0;
        while (true)
        {
            int start = index;
            uint number = 0;
            while (index < text.Length && char.IsAsciiDigit(text[index]))
            {
                number = Math.Min((number * 10) + (uint)(text[index] - '0'), 1000);
                index++;
            }

            int digits = index - start;
            wrong = start..index;
            if (digits == 0 || parts == 4 || (index < text.Length && text[index] != '.'))
            {
                rejection = Rejection.AddressParts;
                return false;
            }

            if (number > 255)
            {
                rejection = Rejection.AddressNumber;
                return false;
            }

            if (digits > 1 && text[start] == '0')
            {
                rejection = Rejection.LeadingZero;
                return false;
            }

            address = (address << 8) | number;
            parts++;
            if (index == text.Length)
            {
                rejection = Rejection.AddressParts;
                return parts == 4;
            }

            index++;
        }
    }

    /// <summary>
    /// Reads the host of a URL as browsers do (WHATWG URL standard, "IPv4 parser"): one to four numbers, each decimal, octal with a
    /// leading 0, or hexadecimal with 0x; the last one fills the bytes that remain. <c>http://3232235777/</c> is an address.
    /// </summary>
    public static bool TryReadNumbers(ReadOnlySpan<char> host, out uint address)
    {
        address = 0;
        Span<ulong> numbers = stackalloc ulong[4];
        int count = 0;
        while (true)
        {
            int dot = host.IndexOf('.');
            ReadOnlySpan<char> part = dot < 0 ? host : host[..dot];
            if (count == 4 || !TryReadNumber(part, out numbers[count]))
            {
                return false;
            }

            count++;
            if (dot < 0)
            {
                break;
            }

            host = host[(dot + 1)..];
        }

        ulong value = numbers[count - 1];
        if (value >= 1UL << (8 * (5 - count)))
        {
            return false;
        }

        for (int i = 0; i < count - 1; i++)
        {
            if (numbers[i] > 255)
            {
                return false;
            }

            value |= numbers[i] << (8 * (3 - i));
        }

        address = (uint)value;
        return true;
    }

    public static void Append(ref TextBuffer output, uint address)
    {
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            output.AppendNumber((int)((address >> shift) & 255));
            if (shift > 0)
            {
                output.Append('.');
            }
        }
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out ulong number)
    {
        number = 0;
        uint radix = 10;
        if (text.Length > 1 && text[0] == '0')
        {
            radix = text[1] is 'x' or 'X' ? 16u : 8u;
            text = text[(radix == 16 ? 2 : 1)..];
            if (text.IsEmpty)
            {
                return true;
            }
        }

        if (text.IsEmpty)
        {
            return false;
        }

        foreach (char c in text)
        {
            int digit = char.IsAsciiHexDigit(c) ? (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10) : 99;
            if (digit >= radix)
            {
                return false;
            }

            number = Math.Min((number * radix) + (uint)digit, 1UL << 40);
        }

        return true;
    }
}
