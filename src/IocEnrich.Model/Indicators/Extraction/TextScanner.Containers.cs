namespace IocEnrich;

/// <content>Runs of text that are in a container: they are decoded, and scanned as a text of their own.</content>
internal ref partial struct TextScanner
{
    // What a decoded run shows of the text round it: the word before a version, the quote behind a URL.
    private const int Context = 64;

    // How far back a percent-encoded text may have begun without a sign of it.
    private const int LongestBeforePercent = 64;

    private readonly bool MayDecode => _depth < DecodingScratch.DeepestNesting;

    private EncodedRun FindEncoded(int index) => MayDecode && !_onlyUrls ? _runs.Next(_text, index) : EncodedRun.Nowhere;

    private int ReadEncodedRun(int index)
    {
        if (index >= _encoded.End)
        {
            // A candidate before it took it along.
            _encoded = FindEncoded(index);
            return index;
        }

        int next = ReadEncoded(_encoded with { Start = index });
        _encoded = FindEncoded(next);
        return next;
    }

    private int ReadPercent(int index)
    {
        int start = index;
        int lowest = Math.Max(_lastEnd, index - LongestBeforePercent);
        while (start > lowest && (CharClasses.IsWord(_text[start - 1]) || _text[start - 1] is ':' or '.' or '@' or '/'))
        {
            start--;
        }

        return ReadEncoded(EncodedRun.From(_text, start, EncodedRun.Container.Percent), Math.Max(index + 1, start + 1));
    }

    private int ReadEncoded(EncodedRun run, int least = 0)
    {
        DecodedText decoded = _scratch.Under(_depth);
        run.Before(_text, Context).Decode(_text, decoded);
        int start = decoded.Length;
        run.Decode(_text, decoded);

        // What ends an encoded value would go on in what it holds: "u=http%3A%2F%2Fevil.com%2Fa&x=1".
        bool endsAtMark = run.End < _text.Length && _text[run.End] == '&';
        int end = endsAtMark ? run.End : Math.Min(_text.Length, run.End + Context);
        decoded.Append(_text, run.End, end);
        decoded.End(end);
        bool isCut = run.End - run.Start == EncodedRun.Longest;
        int limit = isCut ? run.Start + (2 * IndicatorParser.MaxLength) : run.End;
        int next = ScanDecoded(decoded, start, decoded.IndexOfOrigin(limit), _onlyUrls);
        return Math.Max(next, Math.Max(least, run.Start + 1));
    }

    // Scans what was decoded, and tells what was found by where it stood.
    private int ScanDecoded(DecodedText decoded, int from, int limit, bool onlyUrls)
    {
        int first = _found.Count;
        _scratch.Count(decoded.Length);
        TextScanner inner = new(decoded.Text, Math.Min(limit, decoded.Length), _includeUrlHosts, _found, _scratch, _depth + 1, onlyUrls)
        {
            _lastEnd = Math.Max(0, decoded.IndexOfOrigin(_lastEnd)),
        };
        int next = inner.Scan(from);
        for (int i = first; i < _found.Count; i++)
        {
            (Indicator indicator, int start, int length) = _found[i];
            if (decoded.Text.Slice(start, length).Contains(LostCharacter.Mark))
            {
                // A letter of it was lost before it was encoded: "payp\ufffdl.com".
                _found.RemoveAt(i--);
                continue;
            }

            int origin = decoded.OriginOf(start);
            int end = decoded.OriginOf(start + length);
            _found[i] = new FoundText(indicator, origin, end - origin);
            _lastEnd = Math.Max(_lastEnd, end);
        }

        return decoded.OriginOf(Math.Min(next, decoded.Length));
    }
}
