namespace IocEnrich;

/// <summary>
/// A run of labels in a text, joined by dots and at most one <c>@</c>, plain or defanged: what may be a domain, an IPv4 address, an
/// e-mail address, or a file name, a version, a piece of code.
/// </summary>
internal struct NameRun
{
    // A run of more than a name can have (253 characters, each dot defanged) is none.
    private const int LongestRun = 1024;
    private const int LongestLabel = 63;

    private int _lastLabel;
    private int _labels;
    private bool _onlyDigits;

    private NameRun(int start)
    {
        Start = start;
        _lastLabel = start;
        _labels = 1;
        At = -1;
    }

    /// <summary>Where the run begins; behind the ideographs that prose in such a script has glued to it.</summary>
    public int Start { get; private set; }

    /// <summary>Where the host ends.</summary>
    public int End { get; private set; }

    /// <summary>Where the scan goes on when the run is done with.</summary>
    public int Resume { get; private set; }

    /// <summary>Where the <c>@</c> stands; -1 where there is none.</summary>
    public int At { get; private set; }

    /// <summary>Whether a dot of it is defanged, so that somebody meant an indicator.</summary>
    public bool IsDefanged { get; private set; }

    /// <summary>Whether it ends with a top-level domain, or is an IPv4 address.</summary>
    public bool IsHost { get; private set; }

    public bool IsIPv4 { get; private set; }

    public readonly int Labels => _labels;

    /// <summary>Where the last label begins: the top-level domain.</summary>
    public readonly int LastLabel => _lastLabel;

    public static NameRun Read(ReadOnlySpan<char> text, int start, int firstEnd)
    {
        NameRun run = new(start) { _onlyDigits = CharSets.AreDigits(text[start..firstEnd]) };
        int end = firstEnd;
        int weakDots = 0;
        while (end < text.Length && end - start < LongestRun && DefangedSeparator.TryRead(text, end, weakDots > 0 || run.At >= 0, out DefangedSeparator mark))
        {
            if (mark.Character == '@')
            {
                if (run.At >= 0)
                {
                    break;
                }

                run.At = end;
                run._labels = 0;
                run._onlyDigits = true;
            }

            int labelEnd = EndOfLabel(text, mark.End);
            if (labelEnd - mark.End > LongestLabel)
            {
                run._labels = 0;
                end = labelEnd;
                break;
            }

            if (run._onlyDigits && run._labels == 3 && EndOfRange(text, mark.End, labelEnd) is > 0 and int digits)
            {
                // "192.0.2.1-192.0.2.9" is two addresses.
                run._labels = 4;
                run._lastLabel = mark.End;
                run.IsDefanged |= mark.IsDefanged;
                run.End = mark.End + digits;
                run.Resume = run.End + 1;
                run.Judge(text);
                return run;
            }

            run.IsDefanged |= mark.IsDefanged;
            weakDots += mark.IsWeak ? 1 : 0;
            end = labelEnd;
            if (mark.Character == '-')
            {
                continue;
            }

            run._labels++;
            run._lastLabel = mark.End;
            run._onlyDigits &= char.IsAsciiDigit(text[mark.End]);
        }

        run.End = end;
        run.Resume = end;
        run.Judge(text);
        return run;
    }

    private void Judge(ReadOnlySpan<char> text)
    {
        if (_labels == 0 || (At < 0 && _labels < 2) || End - Start >= LongestRun)
        {
            return;
        }

        TrimIdeographs(text);
        ReadOnlySpan<char> last = text[_lastLabel..End];
        if (_onlyDigits)
        {
            ReadOnlySpan<char> address = text[(At < 0 ? Start : At + 1)..End];
            IsIPv4 = IsHost = _labels == 4
                && CharSets.AreDigits(last)
                && (IsDefanged ? IndicatorParser.TryParse(address, out _) : IPv4Text.TryRead(address, out _, out _, out _));
        }
        else if (!IsTopLevel(last))
        {
            CutTail(text, last);
        }
        else
        {
            IsHost = true;
        }
    }

    // "evil.com-hosted", "evil.com_": prose goes on. "evil.com.The": a sentence ends without a space behind it.
    private void CutTail(ReadOnlySpan<char> text, ReadOnlySpan<char> last)
    {
        int joint = last.IndexOfAny('-', '_');
        if (joint > 0 && IsTopLevel(last[..joint]) && (last[joint] == '-' || last[joint..].TrimEnd('_').IsEmpty))
        {
            End = _lastLabel + joint;
            IsHost = true;
            return;
        }

        // "com.apple.X", "java.io.File(…)" are names of types.
        bool goesOn = End < text.Length && text[End] is '(' or ':' or '[' or '<' or '$';
        if (_labels < 3 || !char.IsAsciiLetterUpper(last[0]) || text[_lastLabel - 1] != '.' || goesOn || CodeNames.IsReversedRoot(text[Start..EndOfLabel(text, Start)]))
        {
            return;
        }

        int dot = _lastLabel - 1;
        int label = dot;
        while (label > Start && CharClasses.IsWord(text[label - 1]))
        {
            label--;
        }

        if (label < dot && IsTopLevel(text[label..dot]) && CodeNames.IsPlainTop(text[label..dot]))
        {
            End = dot;
            _lastLabel = label;
            IsHost = true;
        }
    }

    private void TrimIdeographs(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> last = text[_lastLabel..End];
        if (char.IsAsciiLetterOrDigit(last[0]))
        {
            int cut = last.IndexOfAnyInRange('\u2E80', '\uFFFF');
            if (cut > 0)
            {
                End = Resume = _lastLabel + cut;
            }
        }

        int firstEnd = EndOfLabel(text, Start);
        int ideograph = text[Start..firstEnd].LastIndexOfAnyInRange('\u2E80', '\uFFFF');
        if (ideograph >= 0 && Start + ideograph + 1 < firstEnd)
        {
            Start += ideograph + 1;
            _onlyDigits |= _labels == 4 && At < 0 && IPv4Text.HasShape(text[Start..End]);
        }
    }

    // Names in special-use domains are not looked for in a text, where "self.test" and "app.local" are code; except under "onion" and "i2p".
    private readonly bool IsTopLevel(ReadOnlySpan<char> label)
    {
        if (label[0] >= 128)
        {
            return true;
        }

        bool isLocal = TopLevelDomains.IsSpecialUse(label) && !TopLevelDomains.IsHidden(label);
        return TopLevelDomains.Contains(label) && (IsDefanged || !isLocal);
    }

    private static int EndOfLabel(ReadOnlySpan<char> text, int start)
    {
        return CharClasses.EndOfWord(text, start, out _);
    }

    // How many digits stand before a hyphen with another address, or a greater number, behind it: "1.2.3.4-1" is a version.
    private static int EndOfRange(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> label = text[start..end];
        int digits = label.IndexOfAnyExcept(CharSets.Digits);
        if (digits is <= 0 or > 3 || digits + 1 >= label.Length || label[digits] is not ('-' or '_') || !char.IsAsciiDigit(label[digits + 1]))
        {
            return -1;
        }

        ReadOnlySpan<char> other = label[(digits + 1)..];
        bool isAddress = end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]);
        bool isGreater = other.Length <= 3 && CharSets.AreDigits(other)
            && (other.Length > digits || (other.Length == digits && other.SequenceCompareTo(label[..digits]) > 0));
        return label[digits] == '_' || isAddress || isGreater ? digits : -1;
    }
}
