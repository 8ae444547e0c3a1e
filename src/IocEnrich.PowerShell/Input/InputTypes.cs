using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace IocEnrich.PowerShell.Input;

/// <summary>The types of objects that are told apart by their type alone.</summary>
internal enum InputTypeKind
{
    /// <summary>An object with properties.</summary>
    Plain = 0,

    /// <summary>What PowerShell makes up: a row of Import-Csv, an object of ConvertFrom-Json or Import-Clixml.</summary>
    MadeUp,

    /// <summary>A number, a date, a word of an enumeration.</summary>
    Scalar,

    /// <summary>A node of Json.NET.</summary>
    JsonNet,

    /// <summary>A dictionary by name, by its generic interface.</summary>
    Dictionary,

    /// <summary>A name with a node of System.Text.Json.</summary>
    JsonPair,

    /// <summary>A list.</summary>
    List,

    /// <summary>A line of Select-String.</summary>
    MatchInfo,

    /// <summary>A match of Select-Xml.</summary>
    XmlMatch,
}

/// <summary>Tells types apart, each once: a pipeline brings a million objects of one type.</summary>
internal static class InputTypes
{
    private static readonly ConcurrentDictionary<Type, InputTypeKind> Known = new();

    internal static InputTypeKind Of(Type type) => Known.GetOrAdd(type, Decide);

    /// <summary>Whether an object is how a program works, and not what it says: its properties lead through the whole of it.</summary>
    internal static bool IsMachinery(object value) =>
        value is Type or System.Reflection.MemberInfo or System.Reflection.Assembly or System.Reflection.Module or Delegate or Stream or Task or Thread or WaitHandle
            or System.Runtime.InteropServices.SafeHandle or IFormatProvider or System.Text.Encoding or CommandInfo or PSMemberInfo or ProviderInfo;

    private static InputTypeKind Decide(Type type)
    {
        if (type == typeof(PSCustomObject))
        {
            return InputTypeKind.MadeUp;
        }

        if (type.IsPrimitive || type.IsEnum || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateTimeOffset)
            || type == typeof(TimeSpan) || type == typeof(Guid) || type == typeof(System.Numerics.BigInteger))
        {
            return InputTypeKind.Scalar;
        }

        // By name: the types of other modules and of cmdlets that a host of the engine need not have.
        return type.FullName switch
        {
            "Microsoft.PowerShell.Commands.MatchInfo" => InputTypeKind.MatchInfo,
            "Microsoft.PowerShell.Commands.SelectXmlInfo" => InputTypeKind.XmlMatch,
            { } name when name.StartsWith("Newtonsoft.Json.Linq.", StringComparison.Ordinal) => InputTypeKind.JsonNet,
            _ when InputMembers.DictionaryOf(type) is not null => InputTypeKind.Dictionary,
            _ when IsJsonPair(type) => InputTypeKind.JsonPair,
            _ => typeof(IEnumerable).IsAssignableFrom(type) ? InputTypeKind.List : InputTypeKind.Plain,
        };
    }

    private static bool IsJsonPair(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && typeof(JsonNode).IsAssignableFrom(type.GetGenericArguments()[1]);
}
