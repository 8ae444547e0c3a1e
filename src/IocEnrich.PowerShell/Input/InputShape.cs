using System.Collections;
using System.Data;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.Mail;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace IocEnrich.PowerShell.Input;

/// <summary>
/// An object as the walk sees it. Every type of object is one of these few shapes: what the walk does with each of them is all that can
/// happen to an object.
/// </summary>
internal abstract record InputShape
{
    private const string XmlMatch = "Microsoft.PowerShell.Commands.SelectXmlInfo";
    private const string EventRecord = "System.Diagnostics.Eventing.Reader.EventRecord";

    private InputShape()
    {
    }

    /// <summary>Nothing is there.</summary>
    internal sealed record Nothing : InputShape;

    /// <summary>A text.</summary>
    internal sealed record Text(string Value) : InputShape;

    /// <summary>An indicator that has been read already.</summary>
    internal sealed record Ready(IndicatorText Value) : InputShape;

    /// <summary>A line of Select-String.</summary>
    internal sealed record Line(SelectedLine Value) : InputShape;

    /// <summary>A list of objects.</summary>
    internal sealed record Items(IEnumerable Values) : InputShape;

    /// <summary>An object with named members.</summary>
    /// <param name="OwnText">What the object says where no member of it holds an indicator: the text of an XML element.</param>
    internal sealed record Row(IEnumerable<InputMember> Members, string? OwnText = null) : InputShape;

    /// <summary>A value that no indicator is: a number, a date.</summary>
    internal sealed record Scalar(string Value) : InputShape;

    /// <summary>A file or a folder: its name is no indicator.</summary>
    internal sealed record FileEntry(string Path) : InputShape;

    private static readonly Nothing None = new();

    /// <summary>The shape of an object. Whatever the object's own code throws comes out here.</summary>
    internal static InputShape Of(object? input)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        return value switch
        {
            null or DBNull => None,
            string text => OfText(text),
            Indicator indicator => new Ready(new IndicatorText(indicator.Value, indicator)),
            IndicatorOccurrence occurrence => new Ready(IndicatorText.Of(occurrence)),
            EnrichmentResult result => new Ready(new IndicatorText(result.Indicator)),
            Uri uri => new Text(uri.OriginalString),
            IPAddress address => new Text(address.ToString()),
            IPEndPoint endPoint => new Text(endPoint.Address.ToString()),
            MailAddress mail => new Text(mail.Address),
            FileSystemInfo file => new FileEntry(file.FullName),
            JsonElement json => OfJson(json),
            JsonNode node => OfJson(JsonSerializer.SerializeToElement(node)),
            JsonDocument document => OfJson(document.RootElement),
            XmlNode node => OfXml(node),
            XElement element => OfXml(element),
            XDocument document => document.Root is null ? None : OfXml(document.Root),
            XAttribute attribute => new Text(attribute.Value),
            XText text => new Text(text.Value),
            IDictionary dictionary => new Row(InputMembers.Of(dictionary)),
            DataTable table => new Items(table.Rows),
            _ => OfObject(value, PSObject.AsPSObject(input)),
        };
    }

    private static InputShape OfObject(object value, PSObject item)
    {
        switch (InputTypes.Of(value.GetType()))
        {
            case InputTypeKind.Scalar:
                return new Scalar(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            case InputTypeKind.JsonNet:
                return OfJsonNet(value.GetType().Name, value, item);
            case InputTypeKind.Dictionary:
                return new Row(InputMembers.OfGeneric(value));
            case InputTypeKind.JsonPair:
                // What a pipeline makes of a JsonObject.
                return new Row([new InputMember(item.Properties["Key"].Value.ToString()!, item.Properties["Value"].Value)]);
            case InputTypeKind.List:
                return new Items((IEnumerable)value);
            case InputTypeKind.MatchInfo when SelectedLine.TryRead(item, out SelectedLine? line):
                return new Line(line);
            case InputTypeKind.XmlMatch:
                // Its other properties are the question: the XPath, and the file.
                return Of(item.Properties["Node"].Value);
            case InputTypeKind.MadeUp:
                return OfMadeUp(item);
            default:
                return item.Methods["ToXml"] is { } toXml && item.TypeNames.Contains(EventRecord)
                    ? OfEvent(toXml.Invoke()?.ToString() ?? "")
                    : new Row(InputMembers.Of(item));
        }
    }

    // What PowerShell makes up tells by its names what it is like: rows that were deserialised, or made to look like something.
    private static InputShape OfMadeUp(PSObject item)
    {
        List<InputMember> members = [];
        bool isTold = false;
        foreach (InputMember member in InputMembers.Of(item))
        {
            members.Add(member);
            isTold |= member.Name is "Line" or "Node" or "ToXml" or "RecordId";
        }

        if (isTold && SelectedLine.TryRead(item, out SelectedLine? line))
        {
            return new Line(line);
        }

        if (isTold && item.TypeNames.Contains(XmlMatch) && item.Properties["Node"] is { } node)
        {
            return Of(node.Value);
        }

        return isTold && item.TypeNames.Contains(EventRecord) && item.Methods["ToXml"] is { } toXml
            ? OfEvent(toXml.Invoke()?.ToString() ?? "")
            : new Row(members);
    }

    // Without a reference to Json.NET: another module may have brought any version of it.
    private static InputShape OfJsonNet(string type, object value, PSObject item) => type switch
    {
        "JObject" => new Row(InputMembers.OfGeneric(value)),
        "JProperty" => new Row([new InputMember(item.Properties["Name"].Value.ToString()!, item.Properties["Value"].Value)]),
        "JArray" or "JConstructor" => new Items((IEnumerable)value),
        _ => Of(item.Properties["Value"]?.Value),
    };

    private static InputShape OfJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new Row(InputMembers.Of(json)),
        JsonValueKind.Array => new Items(json.EnumerateArray()),
        JsonValueKind.String => new Text(json.GetString()!),
        JsonValueKind.Null or JsonValueKind.Undefined => None,
        _ => new Scalar(json.GetRawText()),
    };

    private static InputShape OfXml(XElement element)
    {
        using XmlReader reader = element.CreateReader();
        return OfXml(new XmlDocument { XmlResolver = null }.ReadNode(reader)!);
    }

    private static InputShape OfXml(XmlNode node) => node switch
    {
        XmlDocument document => document.DocumentElement is { } root ? OfXml(root) : None,
        XmlElement element when element.HasAttributes || element.ChildNodes.OfType<XmlElement>().Any() =>
            new Row(InputMembers.Of(element), element.ChildNodes.OfType<XmlElement>().Any() ? null : element.InnerText),
        XmlComment or XmlProcessingInstruction or XmlDeclaration or XmlDocumentType => None,
        XmlDocumentFragment fragment => new Items(fragment.ChildNodes),
        _ => new Text(node.Value ?? node.InnerText),
    };

    private static InputShape OfEvent(string xml)
    {
        XmlDocument document = new() { XmlResolver = null };
        document.LoadXml(xml);
        return OfXml(document);
    }

    // A line of a log in JSON, or a whole document that was read in one piece.
    private static InputShape OfText(string text)
    {
        if (text.Length == 0 || text[0] is not ('{' or '[' or ' ' or '\t' or '\r' or '\n' or '\uFEFF'))
        {
            return new Text(text);
        }

        ReadOnlySpan<char> start = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        if (start.Length > 1 && (start[0] == '{' || (start[0] == '[' && start[1..].TrimStart(" \t\r\n") is ['{' or '"', ..])))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(start.ToString(), new JsonDocumentOptions { AllowTrailingCommas = true });
                return OfJson(document.RootElement.Clone());
            }
            catch (JsonException)
            {
                // It only began like JSON: "[evil.com]", "{evil.com}".
            }
        }

        return new Text(text[0] == '\uFEFF' ? text[1..] : text);
    }
}
