using System.Collections;
using System.Management.Automation;

namespace IocEnrich.PowerShell.Input;

/// <summary>
/// Searches all texts in one object for indicators, and says in which property each stands. Bounded as the walk of <see cref="RowReader"/>
/// is; code of the object that throws ends nothing but the reading of what it belongs to. Not thread-safe: one for one object.
/// </summary>
/// <param name="search">Searches one text.</param>
internal sealed class ObjectSearch(Func<string, IEnumerable<IndicatorOccurrence>> search)
{
    // The objects of a program lead to ever more of them: a response to its request, that to its client. What a person sees in them lies
    // near the surface. Rows, JSON and XML nest as deep as the walk goes.
    private const int DeepestProgramObject = 3;

    private readonly InputPath _path = new();
    private readonly List<string> _names = [];
    private int _programObjects;
    private int _values;

    /// <summary>Whether there was any text to search.</summary>
    internal bool HeldText { get; private set; }

    /// <summary>The first property that threw.</summary>
    internal string? FailedProperty { get; private set; }

    /// <summary>Whether there was more than the walk looks at: deeper, or in number.</summary>
    internal bool IsCutShort { get; private set; }

    /// <summary>What is found, lazily.</summary>
    internal IEnumerable<IndicatorOccurrence> Search(object? input, InputShape shape) => shape switch
    {
        InputShape.Text(string text) => InText(text),
        InputShape.Ready(IndicatorText ready) => InReady(ready),
        InputShape.Line(SelectedLine line) => InText(line.Line),
        InputShape.FileEntry(string path) when _names.Count > 0 => InText(path),
        InputShape.Row row => InRow(input, row),
        InputShape.Items(IEnumerable values) => InItems(input, values),
        _ => [],
    };

    private IEnumerable<IndicatorOccurrence> InText(string text)
    {
        HeldText |= text.Length > 0;
        bool isOtherHash = _names.Count > 0 && LabelledHashes.IsOfNoFile(_names[^1]);
        foreach (IndicatorOccurrence occurrence in search(text))
        {
            if (!isOtherHash || !IsHash(occurrence.Type))
            {
                yield return occurrence with { Property = Place() };
            }
        }
    }

    private IEnumerable<IndicatorOccurrence> InReady(IndicatorText ready)
    {
        HeldText = true;
        if (ready.Place is { } place)
        {
            yield return place with { Property = place.Property ?? Place() };
        }
        else if (IndicatorParser.TryParse(ready.Text, out Indicator? indicator))
        {
            yield return new IndicatorOccurrence(indicator, ready.Text, path: null, line: 1, column: 1) { Property = Place() };
        }
    }

    private IEnumerable<IndicatorOccurrence> InRow(object? input, InputShape.Row row)
    {
        bool isProgramObject = IsProgramObject(input);
        if (!TryEnter(input, isProgramObject))
        {
            yield break;
        }

        using IEnumerator<InputMember> members = row.Members.GetEnumerator();
        while (_values <= RowReader.MostValues && MoveNext(members))
        {
            InputMember member = members.Current;
            if (IsOfProvider(member.Name))
            {
                continue;
            }

            _names.Add(member.Name);
            foreach (IndicatorOccurrence occurrence in InName(member.Name).Concat(InMember(member)))
            {
                yield return occurrence;
            }

            _names.RemoveAt(_names.Count - 1);
        }

        if (row.OwnText is not null)
        {
            foreach (IndicatorOccurrence occurrence in InText(row.OwnText))
            {
                yield return occurrence;
            }
        }

        _programObjects -= isProgramObject ? 1 : 0;
        _path.Leave();
    }

    private IEnumerable<IndicatorOccurrence> InItems(object? input, IEnumerable values)
    {
        if (!TryEnter(input, isProgramObject: false))
        {
            yield break;
        }

        int index = 0;
        using GuardedList list = new(values);
        while (_values <= RowReader.MostValues && list.MoveNext())
        {
            _names.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{index++}]"));
            foreach (IndicatorOccurrence occurrence in InMember(new InputMember("", list.Current)))
            {
                yield return occurrence;
            }

            _names.RemoveAt(_names.Count - 1);
        }

        FailedProperty ??= list.Failure is null ? null : Place();
        _path.Leave();
    }

    private IEnumerable<IndicatorOccurrence> InMember(InputMember member)
    {
        if (++_values > RowReader.MostValues)
        {
            IsCutShort = true;
            return [];
        }

        try
        {
            object? value = member.Read();
            return Search(value, InputShape.Of(value));
        }
        catch (Exception exception) when (ForeignCode.IsItsOwn(exception))
        {
            FailedProperty ??= Place();
            return [];
        }
    }

    // Some JSON goes by what it tells about: {"198.51.100.7":{"score":9}}. A name of a host is not told from that of a field: host.name.
    private IEnumerable<IndicatorOccurrence> InName(string name)
    {
        if ((name.Length is 32 or 40 or 64 || name.Contains('.', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal))
            && IndicatorParser.TryParse(name, out Indicator? indicator) && indicator.Type is not (IndicatorType.Domain or IndicatorType.Email or IndicatorType.Cve))
        {
            yield return new IndicatorOccurrence(indicator, name, path: null, line: 1, column: 1) { Property = Place() };
        }
    }

    private bool MoveNext(IEnumerator<InputMember> members)
    {
        try
        {
            return members.MoveNext();
        }
        catch (Exception exception) when (ForeignCode.IsItsOwn(exception))
        {
            FailedProperty ??= Place() ?? "its properties";
            return false;
        }
    }

    private bool TryEnter(object? input, bool isProgramObject)
    {
        if (isProgramObject && (_programObjects == DeepestProgramObject || InputTypes.IsMachinery(((input as PSObject)?.BaseObject ?? input)!)))
        {
            return false;
        }

        if (!_path.TryEnter(input))
        {
            // What leads back to itself is searched already.
            IsCutShort |= _path.IsFull;
            return false;
        }

        _programObjects += isProgramObject ? 1 : 0;
        return true;
    }

    private static bool IsProgramObject(object? input) =>
        ((input as PSObject)?.BaseObject ?? input) is { } value && InputTypes.Of(value.GetType()) == InputTypeKind.Plain
        && value is not (System.Xml.XmlNode or System.Text.Json.JsonElement or System.Data.DataRow or System.Data.DataRowView);

    // Where an item of a provider lies: the same for each, and never what it says.
    private static bool IsOfProvider(string name) => name is "PSPath" or "PSParentPath" or "PSChildName" or "PSDrive" or "PSProvider";

    private static bool IsHash(IndicatorType type) => type is IndicatorType.Md5 or IndicatorType.Sha1 or IndicatorType.Sha256;

    /// <summary>The way to where the walk is: <c>winlog.event_data.Hashes</c>, <c>answers[2].data</c>.</summary>
    private string? Place() => _names.Count == 0 ? null : string.Join('.', _names).Replace(".[", "[", StringComparison.Ordinal);
}
