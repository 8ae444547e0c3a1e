using System.Management.Automation;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Finds the indicator of an object by the names of its properties: the columns of a CSV file, the members of an export.</summary>
internal static class IndicatorColumns
{
    /// <summary>
    /// The properties that are taken for the indicator of an object, in this order: the first that has a value counts. Of several hashes
    /// of one file the strongest goes first. What a machine is called comes last: beside anything else it tells whose finding it is.
    /// </summary>
    internal static readonly string[] Names =
    [
        "Indicator", "Ioc", "Value", "Pattern", "Hash", "SHA256", "SHA-256", "SHA1", "SHA-1", "MD5", "Hashes", "IP", "IPAddress",
        "RemoteAddress", "SourceIP", "DestinationIP", "Url", "Uri", "Domain", "NameHost", "Hostname",
    ];

    /// <summary>Reads the indicator of an object.</summary>
    /// <param name="valueOf">Gives the value of a property, null where there is none of the name.</param>
    /// <param name="texts">Where it goes.</param>
    /// <returns><see langword="false"/> where the object has none of the properties.</returns>
    internal static bool TryRead(Func<string, object?> valueOf, ICollection<IndicatorText> texts)
    {
        bool hasColumn = false;
        foreach (string name in Names)
        {
            if (valueOf(name) is not { } value)
            {
                continue;
            }

            hasColumn = true;
            if (TryReadValue(name, value, valueOf, texts))
            {
                if (name == "SourceIP" && valueOf("DestinationIP") is { } destination)
                {
                    // The two ends of a connection: one of them is often private, and the other is what matters.
                    IndicatorInput.TryRead(destination, texts);
                }

                return true;
            }
        }

        // A row whose cells are all blank holds no indicator, and that is no error.
        return hasColumn;
    }

    private static bool TryReadValue(string name, object value, Func<string, object?> valueOf, ICollection<IndicatorText> texts)
    {
        string? text = (value is PSObject wrapped ? wrapped.BaseObject : value) as string;
        if (name == "Value" && text is not null && valueOf("Type")?.ToString() is { } type
            && MispValue.TryRead(type, text, out IReadOnlyList<string> indicators))
        {
            foreach (string indicator in indicators)
            {
                texts.Add(new IndicatorText(indicator));
            }

            if (indicators.Count == 0)
            {
                texts.Add(new IndicatorText(text, NotAsked: $"{DisplayText.Clean(text, 80)} is not asked: what is of the type {DisplayText.Clean(type, 40)} is no indicator."));
            }

            return true;
        }

        int before = texts.Count;
        return IndicatorInput.TryRead(value, texts) && texts.Count > before;
    }
}
