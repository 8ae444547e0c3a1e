namespace IocEnrich.Engine.Documents.Html;

/// <summary>The addresses in a style: of the rest, such as <c>td.mobile</c>, nothing is an indicator.</summary>
internal static class CssAddresses
{
    /// <summary>Appends what stands in <c>url(…)</c> and behind <c>@import</c>, a line each, and tells where they stand in the text.</summary>
    internal static void Append(MappedText css, MappedText text, List<Range> addresses)
    {
        string style = css.Text.ToString();
        for (int i = 0; i < style.Length;)
        {
            int url = style.IndexOf("url(", i, StringComparison.OrdinalIgnoreCase);
            int import = style.IndexOf("@import", i, StringComparison.OrdinalIgnoreCase);
            if (url < 0 && import < 0)
            {
                return;
            }

            bool isUrl = import < 0 || (url >= 0 && url < import);
            int start = isUrl ? url + "url(".Length : import + "@import".Length;
            int end = style.AsSpan(start).IndexOfAny(isUrl ? ")\n" : ";\n");
            end = end < 0 ? style.Length : start + end;
            i = end;
            while (start < end && style[start] is ' ' or '"' or '\'')
            {
                start++;
            }

            while (end > start && style[end - 1] is ' ' or '"' or '\'')
            {
                end--;
            }

            if (isUrl ? !style.AsSpan(start).StartsWith("data:", StringComparison.OrdinalIgnoreCase) : !style.AsSpan(start).StartsWith("url(", StringComparison.OrdinalIgnoreCase))
            {
                text.EndLine(css.SourceOf(start));
                text.AppendFor(css.SourceOf(start), "\"");
                int first = text.Length;
                text.Append(css, start, end);
                addresses.Add(new Range(first, text.Length));
                text.EndLine(css.SourceOf(end));
            }
            else if (!isUrl)
            {
                // What is imported is written as url(…).
                i = start;
            }
        }
    }
}
