using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json;
using System.Xml;

namespace IocEnrich.PowerShell.Input;

/// <summary>A property, a column, an attribute or an element of an object: its name, and a value that is not read before it is wanted.</summary>
internal readonly struct InputMember
{
    private readonly PSPropertyInfo? _property;
    private readonly object? _value;

    internal InputMember(PSPropertyInfo property)
    {
        Name = property.Name;
        _property = property;
        _value = null;
    }

    internal InputMember(string name, object? value)
    {
        Name = name;
        _property = null;
        _value = value;
    }

    internal string Name { get; }

    /// <summary>The value. Whatever a property of somebody else throws comes out here.</summary>
    internal object? Read() => _property is null ? _value : _property.Value;
}

/// <summary>The members of the objects that pipelines carry.</summary>
internal static class InputMembers
{
    private const string XmlNamespaces = "http://www.w3.org/2000/xmlns/";

    internal static IEnumerable<InputMember> Of(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            if ((entry.Key as PSObject)?.BaseObject is string wrapped)
            {
                yield return new InputMember(wrapped, entry.Value);
            }
            else if (entry.Key is string name)
            {
                yield return new InputMember(name, entry.Value);
            }
        }
    }

    internal static IEnumerable<InputMember> Of(PSObject item)
    {
        foreach (PSPropertyInfo property in item.Properties)
        {
            if (property.IsGettable)
            {
                yield return new InputMember(property);
            }
        }
    }

    internal static IEnumerable<InputMember> Of(JsonElement json)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            yield return new InputMember(property.Name, property.Value);
        }
    }

    /// <summary>
    /// The attributes and the elements of an XML element. Elements that all have one name and tell their own apart by an attribute Name,
    /// as the data of a Windows event do, go by that.
    /// </summary>
    internal static IEnumerable<InputMember> Of(XmlElement element)
    {
        foreach (XmlAttribute attribute in element.Attributes)
        {
            // The address of a namespace is its name, and nothing that the document says.
            if (attribute.NamespaceURI != XmlNamespaces)
            {
                yield return new InputMember(attribute.LocalName, attribute.Value);
            }
        }

        foreach (IGrouping<string, XmlElement> named in element.ChildNodes.OfType<XmlElement>().GroupBy(NameOf, StringComparer.Ordinal))
        {
            XmlElement[] elements = [.. named];
            yield return new InputMember(named.Key, elements.Length == 1 ? elements[0] : elements);
        }
    }

    /// <summary>How a type is a dictionary by name, if it is one.</summary>
    internal static Type? DictionaryOf(Type type) => type.GetInterfaces().FirstOrDefault(static contract =>
        contract.IsGenericType
        && (contract.GetGenericTypeDefinition() == typeof(IDictionary<,>) || contract.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        && contract.GetGenericArguments()[0] == typeof(string));

    /// <summary>The members of a dictionary that is one by its generic interface only, as those of Json.NET and System.Text.Json are.</summary>
    internal static IEnumerable<InputMember> OfGeneric(object value) => Pairs(value, DictionaryOf(value.GetType())!.GetGenericArguments());

    private static IEnumerable<InputMember> Pairs(object value, Type[] arguments)
    {
        Type pair = typeof(KeyValuePair<,>).MakeGenericType(arguments);
        PropertyInfo key = pair.GetProperty("Key")!;
        PropertyInfo content = pair.GetProperty("Value")!;
        // By the interface: the type's own enumerator may give something else, as JObject's does.
        IEnumerator pairs = (IEnumerator)typeof(IEnumerable<>).MakeGenericType(pair).GetMethod("GetEnumerator")!.Invoke(value, null)!;
        using IDisposable? end = pairs as IDisposable;
        while (pairs.MoveNext())
        {
            yield return new InputMember((string)key.GetValue(pairs.Current)!, content.GetValue(pairs.Current));
        }
    }

    private static string NameOf(XmlElement element)
    {
        string name = element.GetAttribute("Name");
        return name.Length == 0 ? element.LocalName : name;
    }
}
