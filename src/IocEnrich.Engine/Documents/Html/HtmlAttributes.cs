namespace IocEnrich.Engine.Documents.Html;

/// <summary>What the attributes of a tag may hold.</summary>
internal static class HtmlAttributes
{
    private static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase)
    {
        "href", "src", "action", "formaction", "background", "data", "poster", "cite", "longdesc", "codebase", "manifest", "icon", "profile",
        "usemap", "dynsrc", "lowsrc", "xlink:href", "originalsrc", "data-saferedirecturl",
    };

    // What is about the page itself: names of its own, and of the standards it is written in.
    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase)
    {
        "class", "id", "xmlns", "type", "rel", "name", "for", "role", "lang", "http-equiv", "media", "charset", "headers", "target", "property", "itemtype", "itemprop",
    };

    // They lead to a part of the mail, to the page itself, or to a telephone.
    private static readonly string[] Elsewhere = ["cid:", "mid:", "data:", "tel:", "sms:", "callto:", "about:", "#"];

    /// <summary>Appends the value as a line, if there is something in it.</summary>
    /// <param name="name">The name of the attribute.</param>
    /// <param name="start">Where its value begins.</param>
    /// <param name="text">Takes the value.</param>
    /// <param name="addresses">Takes where in the text an address stands as a whole.</param>
    internal static void Append(ReadOnlySpan<char> html, ReadOnlySpan<char> name, int start, int end, MappedText text, List<Range> addresses)
    {
        if (start == end || IsIgnored(name))
        {
            return;
        }

        text.EndLine(start);
        bool isAddress = IsAddress(name);
        if (isAddress)
        {
            // At the beginning of a line a comma would end it, as in a table: it is one address, and so are those inside it.
            text.AppendFor(start, "\"");
        }

        int first = text.Length;
        MappedText value = new();
        CharacterReferences.Decode(html, start, end, isAttribute: true, value);
        if (name.Equals("style", StringComparison.OrdinalIgnoreCase))
        {
            CssAddresses.Append(value, text, addresses);
        }
        else if (isAddress)
        {
            AppendAddress(value, text);
        }
        else
        {
            text.Append(value, 0, value.Length);
        }

        if (isAddress && text.Length > first)
        {
            addresses.Add(new Range(first, text.Length));
        }

        text.EndLine(end);
    }

    private static bool IsIgnored(ReadOnlySpan<char> name) =>
        Ignored.Contains(name.ToString()) || name.StartsWith("xmlns:", StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(ReadOnlySpan<char> name) => Addresses.Contains(name.ToString());

    // As browsers do: line ends and tabs in an address are nothing, blanks round it neither, and one within it, or a control, is encoded.
    private static void AppendAddress(MappedText value, MappedText text)
    {
        ReadOnlySpan<char> decoded = value.Text;
        int start = 0;
        int end = decoded.Length;
        while (start < end && decoded[start] <= ' ')
        {
            start++;
        }

        while (end > start && decoded[end - 1] <= ' ')
        {
            end--;
        }

        ReadOnlySpan<char> address = decoded[start..end];
        foreach (string scheme in Elsewhere)
        {
            if (address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        bool isScript = address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase);
        for (int i = start; i < end; i++)
        {
            if (!isScript && decoded[i] is <= ' ' or '\u007F' && decoded[i] is not ('\t' or '\r' or '\n'))
            {
                text.AppendFor(value.SourceOf(i), $"%{(int)decoded[i]:X2}");
            }
            else if (decoded[i] is not ('\t' or '\r' or '\n'))
            {
                text.AppendOne(decoded[i], value.SourceOf(i));
            }
        }
    }
}
