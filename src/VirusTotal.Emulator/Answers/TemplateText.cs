using System.Globalization;

namespace VirusTotal.Emulator.Answers;

/// <summary>Compiles the texts and the conditions of templates.</summary>
internal static class TemplateText
{
    /// <summary>Compiles a text whose places are in braces: <c>{NAME}</c> or <c>{FUNCTION:ARGUMENT}</c>.</summary>
    public static Func<TemplateValues, string> Compile(string text)
    {
        List<Func<TemplateValues, string>> parts = [];
        void AddLiteral(string literal)
        {
            if (literal.Length > 0 || (parts.Count == 0 && text.Length == 0))
            {
                parts.Add(_ => literal);
            }
        }

        for (int open; (open = text.IndexOf('{', StringComparison.Ordinal)) >= 0;)
        {
            int close = ClosingBrace(text, open);
            AddLiteral(text[..open]);
            parts.Add(CompilePlace(text[(open + 1)..close]));
            text = text[(close + 1)..];
        }

        AddLiteral(text);
        return parts switch
        {
            [{ } only] => only,
            [{ } first, { } second] => values => first(values) + second(values),
            [{ } first, { } second, { } third] => values => string.Concat(first(values), second(values), third(values)),
            _ => values => string.Concat(parts.ConvertAll(part => part(values))),
        };
    }

    /// <summary>
    /// Compiles a condition, whose terms are joined with <c>&amp;</c>: a number is the share of reports in percent, a name a value that is not
    /// empty, <c>!</c> before it the contrary, and <c>=</c> and <c>!=</c> compare. No term always holds.
    /// </summary>
    public static Func<TemplateValues, bool> CompileCondition(string text)
    {
        Func<TemplateValues, bool>[] terms = [.. text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(CompileTerm)];
        return terms switch
        {
            [] => static _ => true,
            [{ } only] => only,
            _ => values => Array.TrueForAll(terms, term => term(values)),
        };
    }

    /// <summary>Reads <c>FIRST..LAST</c>.</summary>
    public static (int First, int Last) Range(string text)
    {
        string[] ends = text.Split("..");
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    private static Func<TemplateValues, bool> CompileTerm(string term)
    {
        if (double.TryParse(term, CultureInfo.InvariantCulture, out double percent))
        {
            return values => values.Random.Chance(percent / 100);
        }

        string[] sides = term.Split('=', 2);
        Func<TemplateValues, string> value = CompilePlace(sides[0].Trim('!'));
        string other = sides.Length == 1 ? "" : sides[1];
        bool equal = sides.Length == 1 ? sides[0].StartsWith('!') : !sides[0].EndsWith('!');
        return values => value(values) == other == equal;
    }

    private static Func<TemplateValues, string> CompilePlace(string place)
    {
        int colon = place.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return place.Split('.') is [{ } row, { } field] ? values => values.Field(row, field) : values => values[place];
        }

        string argument = place[(colon + 1)..];
        switch (place[..colon])
        {
            case "hex" or "HEX":
                int digits = int.Parse(argument, CultureInfo.InvariantCulture);
                return place[0] == 'h' ? values => values.Random.Hex(digits) : values => values.Random.Hex(digits).ToUpperInvariant();
            case "int":
                (int least, int most) = Range(argument);
                string? format = argument[0] == '0' && argument[1] != '.' ? $"D{argument.IndexOf('.', StringComparison.Ordinal)}" : null;
                return values => values.Random.Between(least, most).ToString(format, CultureInfo.InvariantCulture);
            case "days":
                (int nearest, int farthest) = Range(argument);
                return values => values.DaysAgo(nearest, farthest).ToString(CultureInfo.InvariantCulture);
            case "time":
                (int latest, int earliest) = Range(argument);
                return values => DateTimeOffset.FromUnixTimeSeconds(values.DaysAgo(latest, earliest))
                    .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            case "http":
                return values => DateTimeOffset.FromUnixTimeSeconds(long.Parse(values[argument], CultureInfo.InvariantCulture))
                    .ToString("r", CultureInfo.InvariantCulture);
            case "one":
                Func<TemplateValues, string>[] choices = [.. argument.Split('|').Select(Compile)];
                return values => values.Random.Pick<Func<TemplateValues, string>>(choices)(values);
            case "word":
                Func<TemplateValues, string> list = Compile(argument);
                return values => values.Word(list(values));
            default:
                throw new FormatException($"\"{{{place}}}\" is no place of a template.");
        }
    }

    private static int ClosingBrace(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        throw new FormatException($"A brace is not closed in \"{text}\".");
    }
}
