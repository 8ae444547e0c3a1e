namespace IocEnrich;

/// <content>Names, IPv4 addresses and e-mail addresses, which stand without a scheme.</content>
internal ref partial struct TextScanner
{
    private int ReadName(int start, int firstEnd)
    {
        NameRun name = NameRun.Read(_text, start, firstEnd);
        if (name.Resume < _text.Length && _text[name.Resume] == '%' && MayDecode && PercentEncoding.IsEscape(_text, name.Resume))
        {
            return ReadPercent(start);
        }

        if (name.At >= 0)
        {
            int local = LocalPart.FindStart(_text, start, name.At, Math.Max(_lastEnd, start - LocalPart.Longest));
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

            if (!name.IsHost && char.IsAsciiDigit(_text[start]) && PacketTrace.TryRead(_text, start, name.Resume, out int addressEnd))
            {
                Report(start, addressEnd);
                return name.Resume;
            }

            ReadSingleWord(start, firstEnd);
            return name.Resume;
        }

        bool isNetwork = false;
        bool isEndpoint = TextContext.IsSocketFile(_text, name.Start) || IsBehindOtherScheme(name.Start);
        int end = isEndpoint ? name.End : UrlExtent.FindTailEnd(_text, name.Start, name.End, out isNetwork);
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

        if (!Report(name.Start, end))
        {
            return name.Resume;
        }

        if (end > name.End)
        {
            ReadWrapped(name.End, end);
        }

        return Math.Max(end, name.Resume);
    }

    // "spark://evil.com/x" names an endpoint, as the schemes that are known do.
    private readonly bool IsBehindOtherScheme(int start)
    {
        if (start < 5 || !_text[..start].EndsWith("://"))
        {
            return false;
        }

        int end = start - 3;
        int begin = end;
        while (begin > 0 && end - begin < LongestLabel && CharClasses.IsAlphanumeric(_text[begin - 1]))
        {
            begin--;
        }

        // Of "https" a line that was broken may have left the end.
        return begin < end && !"https".AsSpan().EndsWith(_text[begin..end], StringComparison.OrdinalIgnoreCase) && !"http".AsSpan().EndsWith(_text[begin..end], StringComparison.OrdinalIgnoreCase);
    }

    // "\\evil.com\share", "\\evil.com@SSL\DavWWWRoot", "\\198.51.100.7@80\x": the host of a share.
    private int ReadShare(int index)
    {
        if (index > 0 && (CharClasses.IsWord(_text[index - 1]) || _text[index - 1] is '\\' or ':'))
        {
            return index + 2;
        }

        int start = index + 2;
        int end = start;
        while (end < _text.Length && end - start < LongestName && (CharClasses.IsWord(_text[end]) || _text[end] == '.'))
        {
            end++;
        }

        int top = _text[start..end].LastIndexOf('.');
        bool isHost = end < _text.Length && _text[end] is '\\' or '@' && top > 0
            && (char.IsAsciiDigit(_text[end - 1]) || !TopLevelDomains.IsSpecialUse(_text[(start + top + 1)..end]));
        if (!isHost || !Report(start, end))
        {
            return start;
        }

        int rest = _text[end..].IndexOfAny(CharSets.EndsOfShare);
        return rest < 0 ? _text.Length : end + rest;
    }
}
