using System.Collections;
using System.Management.Automation;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Finds the indicators in whatever comes down a pipeline: a text, an address, a row of a CSV file, a hash, a connection.</summary>
internal static class IndicatorInput
{
    /// <summary>
    /// The properties that are taken for the indicator of an object, in this order: the first that has a value counts. Of several hashes
    /// of one file the strongest goes first.
    /// </summary>
    internal static readonly string[] Properties =
    [
        "Indicator", "Ioc", "Value", "Hash", "SHA256", "SHA1", "MD5", "IP", "IPAddress", "RemoteAddress", "SourceIP", "DestinationIP",
        "Url", "Uri", "Domain", "Hostname",
    ];

    /// <summary>The texts in one input object, each to be read as one indicator.</summary>
    /// <param name="input">The object; arrays are walked through.</param>
    /// <param name="texts">Where the texts go. Blank ones and comments are left out.</param>
    /// <returns><see langword="false"/> where the object is none that indicators can be found in.</returns>
    internal static bool TryRead(object? input, ICollection<string> texts)
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
                texts.Add(indicator.Value);
                return true;
            case Uri or System.Net.IPAddress:
                AddText(value.ToString()!, texts);
                return true;
            case IDictionary dictionary:
                return TryReadProperty(name => Entry(dictionary, name), texts);
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

                PSObject properties = PSObject.AsPSObject(input);
                return TryReadProperty(name => properties.Properties[name]?.Value, texts);
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

    private static void AddText(string text, ICollection<string> texts)
    {
        ReadOnlySpan<char> indicator = WithoutComment(text);
        if (!indicator.IsEmpty)
        {
            texts.Add(indicator.Length == text.Length ? text : indicator.ToString());
        }
    }

    private static bool TryReadProperty(Func<string, object?> valueOf, ICollection<string> texts)
    {
        bool hasProperty = false;
        foreach (string name in Properties)
        {
            object? value = valueOf(name);
            if (value is null)
            {
                continue;
            }

            hasProperty = true;
            int before = texts.Count;
            if (TryRead(value, texts) && texts.Count > before)
            {
                return true;
            }
        }

        // A row whose cells are all blank holds no indicator, and that is no error.
        return hasProperty;
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
