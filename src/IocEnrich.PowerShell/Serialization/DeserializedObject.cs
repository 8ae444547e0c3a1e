using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace IocEnrich.PowerShell.Serialization;

/// <summary>
/// What PowerShell has read of one of our objects that travelled: out of a file of Export-Clixml, from a background job or another machine.
/// Anybody may have written it, so each value is read as its one type, and texts of results are made safe to show, as they are when the
/// service's answer is read. A value that is absent, or is none of that type, is none.
/// </summary>
internal readonly struct DeserializedObject(PSObject source)
{
    /// <summary>A text, as it is.</summary>
    internal string? Raw(string name) => Value(name) is { } value ? (value as PSObject)?.ToString() ?? value.ToString() : null;

    /// <summary>A text, made safe to show.</summary>
    internal string? Text(string name, int maxLength = DisplayText.MaxLength) => Raw(name) is { } text ? DisplayText.Clean(text, maxLength) : null;

    /// <summary>Texts, each made safe to show.</summary>
    internal TextList Texts(string name)
    {
        object? value = Base(name);
        return value switch
        {
            null => TextList.Empty,
            // Where PowerShell has flattened what was nested too deeply.
            string text => new TextList(text.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(static item => DisplayText.Clean(item))),
            IEnumerable list => new TextList(list.Cast<object?>().Where(static item => item is not null).Select(static item => DisplayText.Clean(item!.ToString() ?? ""))),
            _ => TextList.Empty,
        };
    }

    /// <summary>A number; <see langword="null"/> if there is none.</summary>
    internal T? Number<T>(string name)
        where T : struct => Base(name) is { } value && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out T number) ? number : null;

    /// <summary>Whether a property is set.</summary>
    internal bool Flag(string name) => Base(name) is true;

    /// <summary>One of the words of an enumeration, as word or as number; <see langword="null"/> if it is none of them.</summary>
    internal T? Word<T>(string name)
        where T : struct, Enum
    {
        // An enumeration that travelled as an object is its number.
        T word;
        return Base(name) switch
        {
            string text when Enum.TryParse(text, ignoreCase: true, out word) && Enum.IsDefined(word) => word,
            int or long when Enum.TryParse(Raw(name), ignoreCase: true, out word) && Enum.IsDefined(word) => word,
            _ => null,
        };
    }

    /// <summary>A time (UTC); <see langword="null"/> if there is none.</summary>
    internal DateTimeOffset? Time(string name)
    {
        object? value = Value(name);
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            DateTimeOffset time => time.ToUniversalTime(),
            DateTime time => Utc(time),
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) => time.ToUniversalTime(),
            _ => (value as PSObject)?.Properties["UtcDateTime"]?.Value is DateTime time ? Utc(time) : null,
        };
    }

    /// <summary>Another of our objects, as it has come back itself.</summary>
    internal T? Nested<T>(string name)
        where T : class => LanguagePrimitives.TryConvertTo(Value(name), out T nested) ? nested : null;

    /// <summary>A value as it came, whatever it is.</summary>
    internal object? Value(string name) => source.Properties[name]?.Value;

    private object? Base(string name) => Value(name) is PSObject wrapped ? wrapped.BaseObject : Value(name);

    private static DateTimeOffset Utc(DateTime time) =>
        new(DateTime.SpecifyKind(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time, DateTimeKind.Utc));
}
