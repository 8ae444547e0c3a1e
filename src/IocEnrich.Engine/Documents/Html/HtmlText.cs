namespace IocEnrich.Engine.Documents.Html;

/// <summary>
/// Makes text of HTML, to be searched: what a reader sees, with character references decoded and without the tags inside a word; behind it
/// the values of attributes, a line each; then what stands in comments, where Outlook finds HTML of its own, and in scripts.
/// It takes any text, reads it once and never gives up.
/// </summary>
internal ref struct HtmlText
{
    // Elements that begin on a line of their own, or stand in the way of text. Every other one, also one that nobody knows, is inline.
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "audio", "blockquote", "body", "br", "button", "caption", "center", "col", "colgroup", "dd", "details", "dialog", "dir", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html",
        "iframe", "input", "legend", "li", "link", "listing", "main", "menu", "meta", "nav", "noscript", "object", "ol", "optgroup", "option", "p", "param", "pre",
        "script", "section", "select", "style", "summary", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "ul", "video", "xmp",
    };

    // Inline, but "<a>evil.com</a><a>evil.org</a>" are two names.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "a", "img" };

    private readonly ReadOnlySpan<char> _html;
    private readonly MappedText _text = new();
    private readonly MappedText _values = new();
    private readonly List<Range> _addresses = [];
    private readonly List<(int Start, int End)> _comments = [];
    private int _next;
    private int _end;

    // A comment ends at the first "-->": there is none in another.
    private bool _areCommentsRead;

    private HtmlText(ReadOnlySpan<char> html)
    {
        _html = html;
        _end = html.Length;
    }

    /// <summary>Makes the text of a page or of a part of one.</summary>
    /// <param name="addresses">Where in the text the value of an attribute stands that is an address as a whole, in ascending order.</param>
    internal static MappedText Read(ReadOnlySpan<char> html, out IReadOnlyList<Range> addresses)
    {
        HtmlText reader = new(html);
        reader.Read();
        int offset = reader._text.Length - reader._values.Length;
        addresses = reader._addresses.ConvertAll(range => new Range(range.Start.Value + offset, range.End.Value + offset));
        return reader._text;
    }

    private void Read()
    {
        ReadRange(0, _html.Length);

        _areCommentsRead = true;
        foreach ((int start, int end) in _comments)
        {
            _text.EndLine(start);
            ReadRange(start, end);
        }

        _text.EndLine(_html.Length);
        _text.Append(_values, 0, _values.Length);
    }

    private void ReadRange(int start, int end)
    {
        (_next, _end) = (start, end);
        while (_next < _end)
        {
            int found = _html[_next.._end].IndexOf('<');
            int tag = found < 0 ? _end : _next + found;
            CharacterReferences.Decode(_html, _next, tag, isAttribute: false, _text);
            _next = tag;
            if (tag < _end)
            {
                ReadMarkup(tag);
            }
        }
    }

    private void ReadMarkup(int start)
    {
        ReadOnlySpan<char> rest = _html[start.._end];
        if (rest.StartsWith("<!--") && _areCommentsRead)
        {
            _next = start + 4;
        }
        else if (rest.StartsWith("<!--"))
        {
            int end = rest[4..].IndexOf("-->");
            int close = end < 0 ? _end : start + 4 + end;
            _comments.Add((start + 4, close));
            _next = Math.Min(_end, close + 3);
        }
        else if (rest.Length > 1 && (rest[1] is '!' or '?' || (rest[1] == '/' && (rest.Length == 2 || !char.IsAsciiLetter(rest[2])))))
        {
            // A declaration, such as a DOCTYPE with the address of its grammar, or "<![endif]".
            int end = rest.IndexOf('>');
            _next = end < 0 ? _end : start + end + 1;
        }
        else if (rest.Length > 1 && (char.IsAsciiLetter(rest[1]) || rest[1] == '/'))
        {
            ReadTag(start, isEnd: rest[1] == '/');
        }
        else
        {
            _text.Append("<", start);
            _next = start + 1;
        }
    }

    private void ReadTag(int start, bool isEnd)
    {
        int nameStart = start + (isEnd ? 2 : 1);
        int nameEnd = nameStart;
        while (nameEnd < _end && _html[nameEnd] is not (' ' or '\t' or '\r' or '\n' or '\f' or '/' or '>'))
        {
            nameEnd++;
        }

        string name = _html[nameStart..Math.Min(nameEnd, nameStart + 16)].ToString();
        _next = nameEnd;
        while (ReadAttribute())
        {
        }

        if (Words.Contains(name))
        {
            _text.EndWord(start);
        }
        else if (Blocks.Contains(name))
        {
            _text.EndLine(start);
        }

        if (!isEnd && (name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase)))
        {
            ReadRawText(name);
        }
    }

    // False at the end of the tag.
    private bool ReadAttribute()
    {
        while (_next < _end && (_html[_next] <= ' ' || _html[_next] == '/'))
        {
            _next++;
        }

        if (_next >= _end || _html[_next] == '>')
        {
            _next = Math.Min(_end, _next + 1);
            return false;
        }

        int nameStart = _next++;
        while (_next < _end && _html[_next] > ' ' && _html[_next] is not ('=' or '>' or '/'))
        {
            _next++;
        }

        int nameEnd = _next;
        SkipBlanks();
        if (_next >= _end || _html[_next] != '=')
        {
            return true;
        }

        _next++;
        SkipBlanks();
        if (_next < _end && _html[_next] is '"' or '\'')
        {
            char quote = _html[_next];
            int length = _html[(_next + 1).._end].IndexOf(quote);
            int valueEnd = length < 0 ? _end : _next + 1 + length;
            AppendValue(nameStart, nameEnd, _next + 1, valueEnd);
            _next = Math.Min(_end, valueEnd + 1);
        }
        else
        {
            int valueStart = _next;
            while (_next < _end && _html[_next] > ' ' && _html[_next] != '>')
            {
                _next++;
            }

            AppendValue(nameStart, nameEnd, valueStart, _next);
        }

        return true;
    }

    private readonly void AppendValue(int nameStart, int nameEnd, int start, int end) =>
        HtmlAttributes.Append(_html, _html[nameStart..nameEnd], start, end, _values, _addresses);

    private void SkipBlanks()
    {
        while (_next < _end && _html[_next] <= ' ')
        {
            _next++;
        }
    }

    private void ReadRawText(string name)
    {
        int found = _html[_next.._end].IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
        int end = found < 0 ? _end : _next + found;
        if (name.Equals("style", StringComparison.OrdinalIgnoreCase))
        {
            MappedText style = new();
            style.Append(_html[_next..end], _next);
            CssAddresses.Append(style, _values, _addresses);
        }
        else
        {
            _values.EndLine(_next);
            _values.Append(_html[_next..end], _next);
            _values.EndLine(end);
        }

        _next = end;
    }
}
