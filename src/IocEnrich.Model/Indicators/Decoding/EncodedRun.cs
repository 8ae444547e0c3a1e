using System.Buffers;

namespace IocEnrich;

/// <summary>
/// Decides which container a run of text is in, and undoes it. A run ends at white space and at a quote or an angle bracket that is not
/// itself encoded. Entities and escapes of strings hide what stands in them, so that they are undone before anything is read;
/// percent-encoding belongs to the URL that it stands in, and is undone where it stands outside one.
/// </summary>
/// <param name="Kind">What it is in.</param>
/// <param name="OnlyBeforeUrl">Of backslashes: whether they are a path's, but for one that a URL follows.</param>
internal readonly record struct EncodedRun(int Start, int End, EncodedRun.Container Kind, bool OnlyBeforeUrl = false)
{
    /// <summary>No run before this is looked at again. Longer runs are taken in parts.</summary>
    public const int Longest = 3 * IndicatorParser.MaxLength;

    private const int LongestBefore = IndicatorParser.MaxLength;

    private static readonly SearchValues<char> Delimiters = SearchValues.Create(" \t\r\n\v\f\"<>");
    private static readonly SearchValues<char> PercentDelimiters = SearchValues.Create(" \t\r\n\"<>&`|\\");

    /// <summary>How one text is written into another.</summary>
    internal enum Container
    {
        None,
        QuotedPrintable,
        Entities,
        Backslashes,
        Percent,
    }

    /// <summary>Where there is no run.</summary>
    public static EncodedRun Nowhere => new(int.MaxValue, int.MaxValue, Container.None);

    /// <summary>The run from an index on that is encoded in percent or in quoted-printable.</summary>
    public static EncodedRun From(ReadOnlySpan<char> text, int start, Container kind)
    {
        int limit = Math.Min(text.Length, start + Longest);
        int length = text[start..limit].IndexOfAny(PercentDelimiters);
        return new EncodedRun(start, length < 0 ? limit : start + length, kind);
    }

    /// <summary>What stands before the run, as far as it is in the same container.</summary>
    public EncodedRun Before(ReadOnlySpan<char> text, int length)
    {
        int start = Math.Max(0, Start - length);
        bool isPath = Kind == Container.Backslashes && text[start..Start].Contains('\\') && !BackslashEscapes.IsEscaped(text, start, Start);
        return new EncodedRun(start, Start, Kind, isPath);
    }

    /// <summary>Writes the run as it was meant.</summary>
    public void Decode(ReadOnlySpan<char> text, DecodedText output)
    {
        char sign = Kind switch { Container.Entities => '&', Container.Backslashes => '\\', Container.Percent => '%', _ => '=' };
        int index = Start;
        while (index < End)
        {
            int next = text[index..End].IndexOf(sign);
            next = next < 0 ? End : index + next;
            output.Append(text, index, next);
            index = next;
            if (index == End)
            {
                break;
            }

            if ((OnlyBeforeUrl && !BackslashEscapes.IsBeforeUrl(text, index)) || !TryRead(text[..End], index, sign, out int meaning, out int length))
            {
                output.Append(text[index], index);
                index++;
                continue;
            }

            Append(output, meaning, index);
            index += length;
        }
    }

    private static bool TryRead(ReadOnlySpan<char> text, int index, char sign, out int meaning, out int length) => sign switch
    {
        '&' => HtmlEntities.TryRead(text, index, out meaning, out length),
        '\\' => BackslashEscapes.TryRead(text, index, out meaning, out length),
        _ => PercentEncoding.TryReadEscape(text, index, sign, out meaning, out length),
    };

    private static void Append(DecodedText output, int meaning, int origin)
    {
        meaning = meaning == LostCharacter.Replacement ? LostCharacter.Mark : meaning;
        if (meaning > char.MaxValue)
        {
            output.Append((char)(0xD800 + ((meaning - 0x10000) >> 10)), origin);
            meaning = 0xDC00 + ((meaning - 0x10000) & 0x3FF);
        }

        output.Append((char)meaning, origin);
    }

    /// <summary>Whether an escape or an entity stands at an index.</summary>
    public static bool MayBeEscape(ReadOnlySpan<char> text, int index) => text[index] == '&'
        ? HtmlEntities.TryRead(text, index, out _, out _)
        : BackslashEscapes.TryRead(text, index, out _, out _);

    /// <summary>The run that an index is in; its kind is None where nothing in it is encoded.</summary>
    /// <param name="from">Where the run begins at the earliest.</param>
    /// <param name="at">Where something in it may be encoded.</param>
    public static EncodedRun Around(ReadOnlySpan<char> text, int from, int at)
    {
        int lowest = Math.Max(from, at - LongestBefore);
        int start = lowest + text[lowest..at].LastIndexOfAny(Delimiters) + 1;
        int end = FindEnd(text, at, Math.Min(text.Length, start + Longest));
        ReadOnlySpan<char> run = text[start..end];
        if (QuotedPrintable.IsEncoded(run))
        {
            return new EncodedRun(start, end, Container.QuotedPrintable);
        }

        // Of a page in a string the string is undone first. A backslash before an entity is of a string in a page.
        bool hasEntity = HasEntity(text[..end], at);
        bool hasBackslash = run.Contains('\\');
        bool isEscaped = hasBackslash && BackslashEscapes.IsEscaped(text, start, end);
        bool onlyBeforeUrl = hasBackslash && !isEscaped && HasEscapeBeforeUrl(text[..end], at);
        bool entitiesFirst = hasEntity && (!(isEscaped || onlyBeforeUrl) || run.IndexOf("\\&") >= 0);
        return entitiesFirst ? new EncodedRun(start, end, Container.Entities)
            : isEscaped || onlyBeforeUrl ? new EncodedRun(start, end, Container.Backslashes, onlyBeforeUrl)
            : new EncodedRun(start, end, Container.None);
    }

    // A quote behind a backslash belongs to the run.
    private static int FindEnd(ReadOnlySpan<char> text, int index, int limit)
    {
        while (index < limit)
        {
            int next = text[index..limit].IndexOfAny(Delimiters);
            if (next < 0)
            {
                return limit;
            }

            index += next;
            if (text[index] != '"' || index == 0 || text[index - 1] != '\\')
            {
                return index;
            }

            index++;
        }

        return limit;
    }

    private static bool HasEntity(ReadOnlySpan<char> text, int from)
    {
        for (int index = IndexOf(text, "&", from); index < text.Length; index = IndexOf(text, "&", index + 1))
        {
            if (HtmlEntities.TryRead(text, index, out _, out _))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasEscapeBeforeUrl(ReadOnlySpan<char> text, int from)
    {
        for (int index = IndexOf(text, "\\", from); index < text.Length; index = IndexOf(text, "\\", index + 1))
        {
            if (BackslashEscapes.IsBeforeUrl(text, index))
            {
                return true;
            }
        }

        return false;
    }

    private static int IndexOf(ReadOnlySpan<char> text, ReadOnlySpan<char> what, int from)
    {
        int index = from >= text.Length ? -1 : text[from..].IndexOf(what);
        return index < 0 ? text.Length : from + index;
    }
}
