namespace IocEnrich;

/// <summary>How far an IPv6 address reaches in a text, plain or with <c>[:]</c> for its colons.</summary>
internal static class IPv6Extent
{
    private const int Longest = 64;

    /// <summary>Finds the end of an address, or of the run that was taken for one.</summary>
    /// <param name="start">Where the address may begin.</param>
    /// <param name="valid">
    /// Whether it is one. In a text it has a digit and two groups or more: <c>a::b</c> and <c>::</c> are code more often than addresses.
    /// </param>
    public static int FindEnd(ReadOnlySpan<char> text, int start, out bool valid)
    {
        if (!MayBeAddress(text, start, out int behindLastColon))
        {
            valid = false;
            return behindLastColon;
        }

        Span<char> plain = stackalloc char[Longest];
        int length = 0;
        int index = start;
        bool hasDigit = false;
        while (index < text.Length && length < Longest)
        {
            char c = text[index];
            if (c == '[' && index + 2 < text.Length && text[index + 1] == ':')
            {
                index++;
                while (index < text.Length && text[index] == ':' && length < Longest)
                {
                    plain[length++] = ':';
                    index++;
                }

                if (index < text.Length && text[index] == ']')
                {
                    index++;
                }

                continue;
            }

            if (!char.IsAsciiHexDigit(c) && c is not (':' or '.'))
            {
                break;
            }

            hasDigit |= char.IsAsciiDigit(c);
            plain[length++] = c;
            index++;
        }

        // A sentence may end behind it.
        while (length > 0 && (plain[length - 1] == '.' || (plain[length - 1] == ':' && (length < 2 || plain[length - 2] != ':'))))
        {
            length--;
            index--;
        }

        bool wholeWord = index >= text.Length || (!CharClasses.IsWord(text[index]) || text[index] >= 0x2E80);
        valid = hasDigit && wholeWord && length >= 3 && !IsSerial(plain[..length]) && IPv6Text.TryRead(plain[..length], out _);
        if (!valid)
        {
            return behindLastColon;
        }

        return SkipZone(text, index);
    }

    // Bytes: the serial number of a certificate, an EUI-64. No address is written with two digits in each of its eight groups.
    private static bool IsSerial(ReadOnlySpan<char> text)
    {
        const int Bytes = 8;
        if (text.Length != (3 * Bytes) - 1)
        {
            return false;
        }

        for (int i = 2; i < text.Length; i += 3)
        {
            if (text[i] != ':')
            {
                return false;
            }
        }

        return true;
    }

    // Two colons in a row, or six: most of what has colons is a time of day.
    private static bool MayBeAddress(ReadOnlySpan<char> text, int start, out int behindLastColon)
    {
        int colons = 0;
        bool hasGap = false;
        bool afterColon = false;
        behindLastColon = start;
        ReadOnlySpan<char> window = text[start..Math.Min(text.Length, start + Longest)];
        for (int i = 0; i < window.Length; i++)
        {
            char c = window[i];
            if (c == ':')
            {
                hasGap |= afterColon;
                afterColon = true;
                colons++;
                behindLastColon = start + i + 1;
            }
            else if (char.IsAsciiHexDigit(c) || c == '.')
            {
                afterColon = false;
            }
            else if (c is not ('[' or ']'))
            {
                break;
            }
        }

        // Six, where the last two groups are written as an IPv4 address.
        return hasGap || colons >= 6;
    }

    private static int SkipZone(ReadOnlySpan<char> text, int index)
    {
        if (index + 1 >= text.Length || text[index] != '%' || !char.IsAsciiLetterOrDigit(text[index + 1]))
        {
            return index;
        }

        int end = index + 1;
        while (end < text.Length && end - index < 24 && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        return end;
    }
}
