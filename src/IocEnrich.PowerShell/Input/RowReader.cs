using System.Collections;

namespace IocEnrich.PowerShell.Input;

/// <summary>
/// Reads the indicators of an object with named members. Of the known columns the first that holds an indicator counts, whatever stands
/// in those before it. Not thread-safe.
/// </summary>
internal sealed class RowReader(IReadOnlyList<string> properties)
{
    /// <summary>How many values of one object are looked at. An object in which everything refers to everything has endless ways.</summary>
    internal const int MostValues = 1_000_000;

    private const int MostNames = 4096;

    private readonly Dictionary<string, RowColumn> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wanted = [.. properties.Select(ColumnName.Normalise)];
    private int _values;
    private bool _isEndless;
    private string? _thrown;

    internal InputReading Read(object? input, InputShape.Row row)
    {
        _values = 0;
        _isEndless = false;
        _thrown = null;
        List<IndicatorText> texts = [];
        List<(KnownColumn Column, InputMember Member)> known = [];
        try
        {
            InputPath path = new();
            path.TryEnter(input);
            ReadRow(row, path, texts, known);
        }
        catch (Exception exception) when (ForeignCode.IsItsOwn(exception))
        {
            // Its list of members, not a property.
            return InputProblems.Unreadable(input, "its properties", exception);
        }

        if (texts.Count > 0)
        {
            return new InputReading.Indicators(texts, _values > MostValues ? InputProblems.TooLarge(input) : null);
        }

        return _isEndless ? InputProblems.Endless(input)
            : _thrown is not null ? InputProblems.PropertyThrew(input, _thrown)
            : InputProblems.NoColumn(input, [.. row.Members.Select(static member => member.Name)], [.. known.Select(static column => column.Member.Name)], properties);
    }

    private bool ReadRow(InputShape.Row row, InputPath path, List<IndicatorText> texts, List<(KnownColumn Column, InputMember Member)> known)
    {
        List<InputMember>? containers = null;
        InputMember? type = null;
        Collect(row, "", path, known, ref containers, ref type);
        known.Sort(static (one, other) => one.Column.Rank.CompareTo(other.Column.Rank));
        return (_wanted.Count > 0 ? ReadWanted(known, path, texts) : ReadFirst(known, type, path, texts))
            || ReadContainers(containers, path, texts)
            || (row.OwnText is not null && CellText.Read(row.OwnText, texts));
    }

    private void Collect(
        InputShape.Row row, string prefix, InputPath path, List<(KnownColumn Column, InputMember Member)> known, ref List<InputMember>? containers, ref InputMember? type)
    {
        foreach (InputMember member in row.Members)
        {
            RowColumn column = Column(prefix, member.Name);
            if (column.IsType && prefix.Length == 0)
            {
                type = member;
            }

            if (column.Known is not null)
            {
                known.Add((column.Known, member));
            }

            if (column.IsContainer && _wanted.Count == 0)
            {
                (containers ??= []).Add(member);
            }

            if (column.IsPrefix && ++_values <= MostValues && Shape(member, out object? value) is InputShape.Row inner && path.TryEnter(value))
            {
                Collect(inner, column.Prefix, path, known, ref containers, ref type);
                path.Leave();
            }
        }
    }

    private bool ReadContainers(List<InputMember>? containers, InputPath path, List<IndicatorText> texts)
    {
        bool any = false;
        foreach (InputMember container in containers ?? [])
        {
            any |= ReadCell(container, path, texts);
        }

        return any;
    }

    private RowColumn Column(string prefix, string name)
    {
        string key = prefix.Length == 0 ? name : $"{prefix} {name}";
        if (_columns.TryGetValue(key, out RowColumn? column))
        {
            return column;
        }

        string normal = prefix + ColumnName.Normalise(name);
        column = _wanted.Count == 0
            ? new RowColumn(KnownColumns.Find(prefix, name), normal, KnownColumns.IsPrefix(normal), KnownColumns.IsContainer(normal), normal == "type")
            : new RowColumn(
                _wanted.Contains(normal) ? new KnownColumn(name, 0) : null, normal,
                _wanted.Any(wanted => wanted.Length > normal.Length && wanted.StartsWith(normal, StringComparison.Ordinal)), IsContainer: false, IsType: false);
        if (_columns.Count < MostNames)
        {
            _columns.Add(key, column);
        }

        return column;
    }

    // Who names columns wants what is in all of them.
    private bool ReadWanted(List<(KnownColumn Column, InputMember Member)> known, InputPath path, List<IndicatorText> texts)
    {
        foreach ((_, InputMember member) in known)
        {
            ReadCell(member, path, texts);
        }

        return texts.Count > 0;
    }

    private bool ReadFirst(List<(KnownColumn Column, InputMember Member)> known, InputMember? type, InputPath path, List<IndicatorText> texts)
    {
        for (int index = 0; index < known.Count; index++)
        {
            (KnownColumn column, InputMember member) = known[index];
            if (column.Subject > 0)
            {
                if (ReadStrongest(known, column.Subject, path, texts))
                {
                    return true;
                }
            }
            else if ((type is { } told && TypedValue.TryRead(column, member, told, texts)) || ReadCell(member, path, texts, column))
            {
                if (column.End == ConnectionEnd.From)
                {
                    ReadOtherEnd(known, path, texts);
                }

                return true;
            }
        }

        return TypedValue.TryReadPattern(known, texts);
    }

    private void ReadOtherEnd(List<(KnownColumn Column, InputMember Member)> known, InputPath path, List<IndicatorText> texts)
    {
        foreach ((KnownColumn column, InputMember member) in known)
        {
            if (column.End == ConnectionEnd.To && ReadCell(member, path, texts, column))
            {
                return;
            }
        }
    }

    // Columns of one file tell one file: its strongest hash is looked up, once.
    private bool ReadStrongest(List<(KnownColumn Column, InputMember Member)> known, int subject, InputPath path, List<IndicatorText> texts)
    {
        int before = texts.Count;
        int strongest = 0;
        foreach ((KnownColumn column, InputMember member) in known)
        {
            int own = texts.Count;
            if (column.Subject != subject || !ReadCell(member, path, texts, column))
            {
                continue;
            }

            int length = 0;
            for (int index = own; index < texts.Count; index++)
            {
                length = Math.Max(length, texts[index].Length);
            }

            // The weaker ones go: those that were there, or its own.
            (int from, int to) = length > strongest ? (before, own) : (own, texts.Count);
            texts.RemoveRange(from, to - from);
            strongest = Math.Max(length, strongest);
        }

        return strongest > 0;
    }

    private bool ReadCell(InputMember member, InputPath path, List<IndicatorText> texts, KnownColumn? column = null) =>
        Shape(member, out object? value) is { } shape && ReadCell(value, shape, path, texts, column);

    private bool ReadCell(object? value, InputShape shape, InputPath path, List<IndicatorText> texts, KnownColumn? column)
    {
        if (++_values > MostValues)
        {
            return false;
        }

        switch (shape)
        {
            case InputShape.Text(string text):
                return CellText.Read(text, texts);
            case InputShape.Ready(IndicatorText ready):
                texts.Add(ready);
                return true;
            case InputShape.Row or InputShape.Items when !path.TryEnter(value):
                _isEndless = true;
                return false;
            case InputShape.Row row when column is null || column.Subject > 0 || column.Rank < KnownColumns.NamedCount:
                bool found = ReadRow(row, path, texts, []);
                path.Leave();
                return found;
            case InputShape.Items(IEnumerable values):
                bool any = ReadItems(values, path, texts, column);
                path.Leave();
                return any;
            case InputShape.Row row:
                // An XML element with attributes beside its text, as the data of a Windows event.
                path.Leave();
                return row.OwnText is not null && CellText.Read(row.OwnText, texts);
            default:
                return false;
        }
    }

    private bool ReadItems(IEnumerable values, InputPath path, List<IndicatorText> texts, KnownColumn? column)
    {
        bool any = false;
        using GuardedList list = new(values);
        while (_values <= MostValues && list.MoveNext())
        {
            any |= ReadCell(new InputMember("", list.Current), path, texts, column);
        }

        _thrown ??= list.Failure is null ? null : "a list";
        return any;
    }

    private InputShape? Shape(InputMember member, out object? value)
    {
        value = null;
        try
        {
            value = member.Read();
            return InputShape.Of(value);
        }
        catch (Exception exception) when (ForeignCode.IsItsOwn(exception))
        {
            _thrown ??= member.Name;
            return null;
        }
    }

    private sealed record RowColumn(KnownColumn? Known, string Prefix, bool IsPrefix, bool IsContainer, bool IsType);
}
