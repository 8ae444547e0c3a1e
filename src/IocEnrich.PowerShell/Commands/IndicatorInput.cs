using System.Collections;
using System.Management.Automation;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Finds the indicators in whatever comes down a pipeline: a text, an address, a row of a CSV file, a hash, a connection.</summary>
internal static class IndicatorInput
{
    /// <summary>The texts in one input object, each to be read as one indicator.</summary>
    /// <param name="input">The object; arrays are walked through.</param>
    /// <param name="texts">Where the texts go. Blank ones and comments are left out.</param>
    /// <returns><see langword="false"/> where the object is none that indicators can be found in.</returns>
    internal static bool TryRead(object? input, ICollection<IndicatorText> texts)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        switch (value)
        {
            case null:
                return true;
            case string text:
                AddText(text, texts);
                return true;
            case Indicator indicator:
                texts.Add(new IndicatorText(indicator.Value));
                return true;
            case IndicatorOccurrence occurrence:
                texts.Add(IndicatorText.Of(occurrence));
                return true;
            case Uri or System.Net.IPAddress:
                AddText(value.ToString()!, texts);
                return true;
            case IDictionary dictionary:
                return IndicatorColumns.TryRead(name => Entry(dictionary, name), texts);
            case FileSystemInfo:
                return false;
            case IEnumerable list:
                bool understood = true;
                foreach (object? item in list)
                {
                    understood &= TryRead(item, texts);
                }

                return understood;
            default:
                if (value.GetType().IsPrimitive)
                {
                    // A number is no indicator, and the parser says so.
                    AddText(value.ToString()!, texts);
                    return true;
                }

                return TryReadObject(PSObject.AsPSObject(input), texts);
        }
    }

    /// <summary>
    /// The indicator on a line: without white space around it and without a comment, which begins with <c>#</c> at the start of the line
    /// or after white space. Empty where there is none.
    /// </summary>
    internal static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        for (int index = line.IndexOf('#'); index >= 0;)
        {
            if (index == 0 || char.IsWhiteSpace(line[index - 1]))
            {
                return line[..index].TrimEnd();
            }

            int next = line[(index + 1)..].IndexOf('#');
            index = next < 0 ? -1 : index + 1 + next;
        }

        return line;
    }

    private static bool TryReadObject(PSObject input, ICollection<IndicatorText> texts)
    {
        if (!SelectedLine.TryRead(input, out SelectedLine? line))
        {
            return IndicatorColumns.TryRead(name => input.Properties[name]?.Value, texts);
        }

        IReadOnlyList<IndicatorOccurrence> found = line.MatchedIndicators();
        foreach (IndicatorOccurrence occurrence in found.Count > 0 ? found : line.Search(new IndicatorExtractorOptions()))
        {
            texts.Add(IndicatorText.Of(occurrence));
        }

        return true;
    }

    private static void AddText(string text, ICollection<IndicatorText> texts)
    {
        ReadOnlySpan<char> indicator = WithoutComment(text);
        if (indicator.IsEmpty)
        {
            return;
        }

        IReadOnlyList<string> compared = indicator[0] == '[' ? StixPattern.Values(text) : [];
        if (compared.Count == 0)
        {
            texts.Add(new IndicatorText(indicator.Length == text.Length ? text : indicator.ToString()));
        }

        foreach (string value in compared)
        {
            texts.Add(new IndicatorText(value));
        }
    }

    private static object? Entry(IDictionary dictionary, string name)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            if (entry.Key is string key && key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value;
            }
        }

        return null;
    }
}
