namespace IocEnrich;

/// <summary>Reads a CVE identifier: <c>CVE</c>, a year of four digits, a number of four digits or more (the CVE record format).</summary>
internal static class CveReader
{
    private const int YearDigits = 4;
    private const int LeastNumberDigits = 4;
    private const int MostNumberDigits = 19;

    /// <summary>Whether the token cannot be anything but a CVE, right or wrong.</summary>
    public static bool HasShape(ReadOnlySpan<char> token) =>
        token.Length > 4
        && token.StartsWith("CVE", StringComparison.OrdinalIgnoreCase)
        && IsSeparator(token[3])
        && char.IsAsciiDigit(token[4])
        && !token.Contains('.');

    public static bool Read(scoped ReadOnlySpan<char> token, ref ParseContext context)
    {
        ReadOnlySpan<char> rest = token[4..];
        int year = CountDigits(rest);
        if (year != YearDigits || rest.Length <= year || !IsSeparator(rest[year]) || rest[0] is not ('1' or '2'))
        {
            return context.Reject(Rejection.CveForm);
        }

        ReadOnlySpan<char> number = rest[(year + 1)..];
        if (number.Length is < LeastNumberDigits or > MostNumberDigits || CountDigits(number) != number.Length)
        {
            return context.Reject(Rejection.CveForm);
        }

        context.Output.Append("CVE-");
        context.Output.Append(rest[..year]);
        context.Output.Append('-');
        context.Output.Append(number);
        return context.Accept(IndicatorType.Cve);
    }

    /// <summary>How much of a word the identifier takes: <c>CVE-2021-44228_poc</c> ends behind its number.</summary>
    public static int Length(ReadOnlySpan<char> word)
    {
        int end = 4 + CountDigits(word[4..]);
        return end < word.Length ? end + 1 + CountDigits(word[(end + 1)..]) : end;
    }

    // People write spaces, underscores and typographic hyphens too; look-alikes have become hyphens by now.
    private static bool IsSeparator(char c) => c is '-' or '_' or ' ' or '\u2013' or '\u2014';

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExcept(CharSets.Digits);
        return end < 0 ? text.Length : end;
    }
}
