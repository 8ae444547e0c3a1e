namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>
/// Reads a count exactly or not at all: <c>55</c>, <c>55.0</c>, <c>5.5e1</c> and the same in a text are 55; a fraction, a negative number
/// or one that is too large is no count. Nothing is rounded: a count that is nearly right is a verdict that is wrong.
/// </summary>
internal static class ExactCount
{
    // More digits or a larger exponent than any count has; what lies beyond is not worth computing.
    private const int MaxDigits = 40;

    /// <summary>Reads a number in JSON's notation.</summary>
    /// <param name="text">The number, nothing round it.</param>
    /// <param name="count">What it is, where it is a count.</param>
    internal static bool TryRead(ReadOnlySpan<byte> text, out int count)
    {
        count = 0;
        bool isNegative = text.StartsWith("-"u8);
        text = isNegative ? text[1..] : text;
        int exponentAt = text.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = exponentAt < 0 ? text : text[..exponentAt];
        int exponent = 0;
        if (exponentAt >= 0 && !TryReadExponent(text[(exponentAt + 1)..], out exponent))
        {
            return false;
        }

        int point = mantissa.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? mantissa : mantissa[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : mantissa[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || (whole.Length > 1 && whole[0] == '0') || mantissa.Length > MaxDigits)
        {
            return false;
        }

        return TryCompute(whole, fraction, exponent, out count) && (!isNegative || count == 0);
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        bool isNegative = text.StartsWith("-"u8);
        text = isNegative || text.StartsWith("+"u8) ? text[1..] : text;
        if (text.IsEmpty)
        {
            return false;
        }

        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit) || exponent > 2 * MaxDigits)
            {
                return false;
            }

            exponent = (exponent * 10) + digit - '0';
        }

        exponent = isNegative ? -exponent : exponent;
        return true;
    }

    /// <summary>Puts the digits together; those behind the point, as the exponent moves it, must be zeros.</summary>
    private static bool TryCompute(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int exponent, out int count)
    {
        count = 0;
        long value = 0;
        int digits = whole.Length + fraction.Length;
        int point = whole.Length + exponent;
        for (int place = 0; place < Math.Max(digits, point); place++)
        {
            byte digit = place < whole.Length ? whole[place] : place < digits ? fraction[place - whole.Length] : (byte)'0';
            if (!char.IsAsciiDigit((char)digit) || (place >= point && digit != '0'))
            {
                return false;
            }

            if (place < point && (value = (value * 10) + digit - '0') > int.MaxValue)
            {
                return false;
            }
        }

        count = (int)value;
        return true;
    }
}
