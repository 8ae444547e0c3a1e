namespace IocEnrich;

/// <summary>
/// Walks through a text word by word and looks closer where a word may begin an indicator. Each character is passed over once; a closer
/// look is bounded, and what it has understood is not looked at again.
/// </summary>
internal ref partial struct TextScanner
{
    private const int LongestLabel = 63;
    private const int LongestName = 253;
    private const int LongestSchemePart = 48;
    private const int ShortestWrapped = 10;

    private readonly ReadOnlySpan<char> _text;
    private readonly int _limit;
    private readonly bool _includeUrlHosts;
    private readonly List<FoundText> _found;
    private readonly DecodingScratch _scratch;

    // In how many containers this text was.
    private readonly int _depth;

    // Of a wrapped link nothing is looked for but URLs.
    private readonly bool _onlyUrls;

    // Where the last indicator ended: nothing before it can be part of another one.
    private int _lastEnd;

    // The next run that has to be decoded before it is read, and what comes after it.
    private EncodedRun _encoded;
    private EncodedRunSearch _runs;

    /// <param name="text">The text, or the part of it that is known.</param>
    /// <param name="limit">Candidates that begin from here on are left for later, when more of the text is known.</param>
    /// <param name="includeUrlHosts">Whether hosts of URLs are reported too.</param>
    /// <param name="found">Takes what is found.</param>
    /// <param name="scratch">Takes what is decoded.</param>
    public TextScanner(ReadOnlySpan<char> text, int limit, bool includeUrlHosts, List<FoundText> found, DecodingScratch scratch)
        : this(text, limit, includeUrlHosts, found, scratch, depth: 0, onlyUrls: false)
    {
    }

    private TextScanner(
        ReadOnlySpan<char> text, int limit, bool includeUrlHosts, List<FoundText> found, DecodingScratch scratch, int depth, bool onlyUrls)
    {
        _text = text;
        _limit = limit;
        _includeUrlHosts = includeUrlHosts;
        _found = found;
        _scratch = scratch;
        _depth = depth;
        _onlyUrls = onlyUrls;
    }

    /// <summary>Scans from an index that is not inside a word.</summary>
    /// <returns>Where scanning is to go on.</returns>
    public int Scan(int index)
    {
        if (MayDecode && !_onlyUrls)
        {
            _runs = EncodedRunSearch.Begin(_text, index);
        }

        _encoded = FindEncoded(index);
        while (index < _limit)
        {
            char c = _text[index];
            if (c == ' ')
            {
                index++;
            }
            else if (index >= _encoded.Start)
            {
                index = ReadEncodedRun(index);
            }
            else if (c != '-' && CharClasses.IsWord(c))
            {
                index = ReadWord(index);
            }
            else
            {
                index = ReadMark(index, c);
            }
        }

        _scratch.Count(_runs.Searched);
        return index;
    }

    private int ReadMark(int index, char c)
    {
        char next = index + 1 < _text.Length ? _text[index + 1] : '\0';
        return c switch
        {
            ':' when next == ':' && IsWordBreak(index - 1) => ReadIPv6(index, index + 1),
            '\\' when next == '\\' => ReadShare(index),
            '[' when _text[index..].StartsWith("[::]") => ReadIPv6(index, index + 2),
            '%' when MayDecode && PercentEncoding.IsEscape(_text, index) => ReadPercent(index),
            '=' when MayDecode && QuotedPrintable.IsEncodedLetter(_text, index) => ReadEncoded(EncodedRun.From(_text, index, EncodedRun.Container.QuotedPrintable)),
            _ => index + 1,
        };
    }

    private int ReadWord(int start)
    {
        int end = CharClasses.EndOfWord(_text, start, out CharClass seen);
        char next = end < _text.Length ? _text[end] : '\0';
        int length = end - start;
        if (next == '%' && MayDecode && length <= LongestLabel && PercentEncoding.IsEscape(_text, end))
        {
            return ReadPercent(start);
        }

        if (next >= ' ' && length <= LongestLabel && CandidateFilter.MayBeCandidate(_text, end))
        {
            int after = _onlyUrls ? ReadUrl(start) : ReadCandidate(start, end, seen, next);
            if (after > start)
            {
                return after;
            }
        }

        if (!_onlyUrls)
        {
            ReadSingleWord(start, end);
        }

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
            // Emphasis may begin right before it, or a word may be glued to it: "_http://evil.com/a_", "onhttps://evil.com".
            int scheme = start;
            while (_text[scheme] == '_' && scheme < end)
            {
                scheme++;
            }

            scheme = UrlScheme.SkipGlued(_text, scheme, end);

            int after = ReadUrl(scheme);
            if (after > scheme)
            {
                return after;
            }
        }

        return ReadName(start, end);
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

    // A hash may be joined to words by hyphens, underscores or letters beyond ASCII; what is longer than a hash is none.
    private void ReadHashes(int start, int end)
    {
        int from = start;
        while (from < end)
        {
            int to = from;
            bool hasLetter = false;
            bool isHex = true;
            while (to < end && _text[to] is < (char)128 and not ('-' or '_'))
            {
                isHex &= char.IsAsciiHexDigit(_text[to]);
                hasLetter |= !char.IsAsciiDigit(_text[to]);
                to++;
            }

            // Digits alone are a number: of 16 million hashes one is.
            if (isHex && hasLetter && to - from is 32 or 40 or 64 && HashContext.IsOfFile(_text, from, to))
            {
                if (_text[from..to].IndexOfAnyInRange('A', 'F') < 0)
                {
                    // Canonical as it stands.
                    Add(new Indicator(HashText.TypeOf(to - from), _text[from..to].ToString()), from, to);
                }
                else
                {
                    Report(from, to);
                }
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
