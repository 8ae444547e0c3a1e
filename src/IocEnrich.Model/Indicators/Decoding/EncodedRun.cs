using System.Buffers;

namespace IocEnrich;

/// <summary>
/// Decides which container a run of text is in, and undoes it. A run ends at white space and at a quote or an angle bracket that is not
/// itself encoded. Entities and escapes of strings hide what stands in them, so that they are undone before anything is read;
/// percent-encoding belongs to the URL that it stands in, and is undone where it stands outside one.
/// </summary>
internal readonly record struct EncodedRun(int Start, int End, EncodedRun.Container Kind)
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

    /// <summary>Finds the next run that hides what stands in it.</summary>
    public static EncodedRun FindNext(ReadOnlySpan<char> text, int from)
    {
        int quoted = IndexOf(text, "=3D", from);
        int other = IndexOfAny(text, from);
        while (other < text.Length || quoted < text.Length)
        {
            int at = Math.Min(other, quoted);
            int search = at + 1;
            if (at == quoted || MayBeEscape(text, at))
            {
                EncodedRun run = Around(text, from, at);
                if (run.Kind != Container.None)
                {
                    return run;
                }

                from = search = Math.Max(run.End, search);
            }

            quoted = quoted < search ? IndexOf(text, "=3D", search) : quoted;
            other = other < search ? IndexOfAny(text, search) : other;
        }

        return Nowhere;
    }

    /// <summary>The run from an index on that is encoded in percent or in quoted-printable.</summary>
    public static EncodedRun From(ReadOnlySpan<char> text, int start, Container kind)
    {
        int limit = Math.Min(text.Length, start + Longest);
        int length = text[start..limit].IndexOfAny(PercentDelimiters);
        return new EncodedRun(start, length < 0 ? limit : start + length, kind);
    }

    /// <summary>Writes the run as it was meant.</summary>
    public void Decode(ReadOnlySpan<char> text, DecodedText output)
    {
        char sign = Kind switch { Container.Entities => '&', Container.Backslashes => '\\', Container.Percent => '%', _ => '=' };
        bool onlyBeforeUrl = Kind == Container.Backslashes && !BackslashEscapes.IsEscaped(text, Start, End);
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

            if ((onlyBeforeUrl && !BackslashEscapes.IsBeforeUrl(text, index)) || !TryRead(text[..End], index, sign, out int meaning, out int length))
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

    private static bool MayBeEscape(ReadOnlySpan<char> text, int index) => text[index] == '&'
        ? HtmlEntities.TryRead(text, index, out _, out _)
        : BackslashEscapes.TryRead(text, index, out _, out _);

    private static EncodedRun Around(ReadOnlySpan<char> text, int from, int at)
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
        bool isEscaped = run.Contains('\\') && (BackslashEscapes.IsEscaped(text, start, end) || HasEscapeBeforeUrl(text[..end], at));
        bool entitiesFirst = hasEntity && (!isEscaped || run.IndexOf("\\&") >= 0);
        return new EncodedRun(start, end, entitiesFirst ? Container.Entities : isEscaped ? Container.Backslashes : Container.None);
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

    private static int IndexOfAny(ReadOnlySpan<char> text, int from)
    {
        int index = from >= text.Length ? -1 : text[from..].IndexOfAny('&', '\\');
        return index < 0 ? text.Length : from + index;
    }
}
