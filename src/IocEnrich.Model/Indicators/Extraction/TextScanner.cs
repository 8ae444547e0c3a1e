namespace IocEnrich;

/// <summary>
/// Walks through a text word by word and looks closer where a word may begin an indicator. Each character is passed over once; a closer
/// look is bounded, and what it has understood is not looked at again.
/// </summary>
internal ref struct TextScanner
{
    private const int LongestLabel = 63;

    private readonly ReadOnlySpan<char> _text;
    private readonly int _limit;
    private readonly bool _includeUrlHosts;
    private readonly List<FoundText> _found;

    // Where the last indicator ended: nothing before it can be part of another one.
    private int _lastEnd;

    /// <param name="text">The text, or the part of it that is known.</param>
    /// <param name="limit">Candidates that begin from here on are left for later, when more of the text is known.</param>
    /// <param name="includeUrlHosts">Whether hosts of URLs are reported too.</param>
    /// <param name="found">Takes what is found.</param>
    public TextScanner(ReadOnlySpan<char> text, int limit, bool includeUrlHosts, List<FoundText> found)
    {
        _text = text;
        _limit = limit;
        _includeUrlHosts = includeUrlHosts;
        _found = found;
    }

    /// <summary>Scans from an index that is not inside a word.</summary>
    /// <returns>Where scanning is to go on.</returns>
    public int Scan(int index)
    {
        while (index < _limit)
        {
            char c = _text[index];
            if (c == ' ')
            {
                index++;
            }
            else if (c != '-' && CharClasses.IsWord(c))
            {
                index = ReadWord(index);
            }
            else if (c == ':' && index + 1 < _text.Length && _text[index + 1] == ':' && IsWordBreak(index - 1))
            {
                index = ReadIPv6(index, index + 1);
            }
            else if (c == '[' && _text[index..].StartsWith("[::]"))
            {
                index = ReadIPv6(index, index + 2);
            }
            else
            {
                index++;
            }
        }

        return index;
    }

    private int ReadWord(int start)
    {
        int end = CharClasses.EndOfWord(_text, start, out CharClass seen);
        char next = end < _text.Length ? _text[end] : '\0';
        int length = end - start;
        if (next >= ' ' && length <= LongestLabel && CandidateFilter.MayBeCandidate(_text, end))
        {
            int after = ReadCandidate(start, end, seen, next);
            if (after > start)
            {
                return after;
            }
        }

        ReadSingleWord(start, end);
        return end;
    }

    // Returns where to go on, or the start where there is no candidate.
    private int ReadCandidate(int start, int end, CharClass seen, char next)
    {
        if (next is ':' or '[' && end - start <= 4 && (seen & ~CharClass.Hex & ~CharClass.Upper) == 0
            && end + 1 < _text.Length && (_text[end + 1] == ':' || (next == ':' && IsHexOrOpener(_text[end + 1])))
            && IsWordBreak(start - 1))
        {
            int after = ReadIPv6(start, end);
            if (after > end)
            {
                return after;
            }
        }

        if (CandidateFilter.MayBeScheme(_text, start, end, seen))
        {
            int after = ReadUrl(start);
            if (after > start)
            {
                return after;
            }
        }

        return ReadName(start, end);
    }

    private int ReadUrl(int start)
    {
        ReadOnlySpan<char> rest = _text[start..Math.Min(_text.Length, start + 48)];
        SchemeKind kind = UrlScheme.Read(rest, out _, out int consumed);
        if (kind == SchemeKind.None)
        {
            return start;
        }

        int host = start + consumed;
        int hostEnd = UrlExtent.FindHostEnd(_text, host, out bool valid);
        if (!valid)
        {
            return Math.Max(hostEnd, start + 1);
        }

        int end = kind == SchemeKind.Url ? UrlExtent.FindEnd(_text, start, hostEnd) : hostEnd;
        if (Report(start, end) && kind == SchemeKind.Url && _includeUrlHosts)
        {
            ReportHost(host, hostEnd);
        }

        return end;
    }

    private readonly void ReportHost(int host, int hostEnd)
    {
        int at = _text[host..hostEnd].LastIndexOf('@');
        host += at + 1;
        if (IndicatorParser.TryParse(_text[host..hostEnd], out Indicator? indicator) && indicator.Type != IndicatorType.Url)
        {
            _found.Add(new FoundText(indicator, host, hostEnd - host));
        }
    }

    private int ReadName(int start, int firstEnd)
    {
        NameRun name = NameRun.Read(_text, start, firstEnd);
        if (name.At >= 0)
        {
            int local = EmailStart(start);
            if (!name.IsHost)
            {
                return name.Resume;
            }

            // "root@198.51.100.7" is reported as the address that it names.
            Report(name.IsIPv4 ? name.At + 1 : local, name.End);
            return name.Resume;
        }

        if (!name.IsHost || !TextContext.IsIndicator(_text, name))
        {
            if (name.End == firstEnd)
            {
                return start;
            }

            ReadSingleWord(start, firstEnd);
            return name.Resume;
        }

        int end = UrlExtent.FindTailEnd(_text, name.Start, name.End, out bool isNetwork);
        if (isNetwork)
        {
            return end;
        }

        if (name.IsIPv4 && !name.IsDefanged && end == name.End)
        {
            // Read already, and canonical as it stands; logs are full of them.
            Add(new Indicator(IndicatorType.IPv4, _text[name.Start..end].ToString()), name.Start, end);
            return name.Resume;
        }

        return Report(name.Start, end) ? Math.Max(end, name.Resume) : name.Resume;
    }

    // The local part may hold a "+" or an apostrophe between words that have been passed over.
    private readonly int EmailStart(int start)
    {
        int lowest = Math.Max(_lastEnd, start - 64);
        int local = start;
        while (local - 1 > lowest && _text[local - 1] is '+' or '\'' or '-' && CharClasses.IsWord(_text[local - 2]))
        {
            int word = local - 2;
            while (word > lowest && (CharClasses.IsWord(_text[word - 1]) || _text[word - 1] == '.'))
            {
                word--;
            }

            local = word;
        }

        return local;
    }

    private int ReadIPv6(int start, int firstColon)
    {
        int end = IPv6Extent.FindEnd(_text, start, out bool valid);
        if (!valid)
        {
            return end > firstColon ? Math.Max(firstColon + 1, end) : firstColon + 1;
        }

        Report(start, end);
        return end;
    }

    private void ReadSingleWord(int start, int end)
    {
        int length = end - start;
        if (length < 12)
        {
            return;
        }

        ReadOnlySpan<char> word = _text[start..end];
        if (word[0] is 'C' or 'c' && CveReader.HasShape(word))
        {
            Report(start, start + CveReader.Length(word));
        }
        else if (length >= 32)
        {
            ReadHashes(start, end);
        }
    }

    // A hash may be joined to words by hyphens or underscores; what is longer than a hash is none.
    private void ReadHashes(int start, int end)
    {
        int from = start;
        while (from < end)
        {
            int to = from;
            bool hasLetter = false;
            bool isHex = true;
            while (to < end && _text[to] is not ('-' or '_'))
            {
                isHex &= char.IsAsciiHexDigit(_text[to]);
                hasLetter |= !char.IsAsciiDigit(_text[to]);
                to++;
            }

            // Digits alone are a number: of 16 million hashes one is.
            if (isHex && hasLetter && to - from is 32 or 40 or 64)
            {
                Report(from, to);
            }

            from = to + 1;
        }
    }

    private bool Report(int start, int end)
    {
        if (!IndicatorParser.TryParse(_text[start..end], out Indicator? indicator))
        {
            return false;
        }

        Add(indicator, start, end);
        return true;
    }

    private void Add(Indicator indicator, int start, int end)
    {
        _found.Add(new FoundText(indicator, start, end - start));
        _lastEnd = end;
    }

    private static bool IsHexOrOpener(char c) => c == '[' || char.IsAsciiHexDigit(c);

    private readonly bool IsWordBreak(int index) => index < 0 || (_text[index] != ':' && !CharClasses.IsWord(_text[index]));
}
