namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// What the texts of one indicator came with: the first place, and the objects, up to a number. There is one only where a text came with
/// something: a job may hold a million indicators that came as bare texts.
/// </summary>
internal sealed class InputSources(string? path, long? line)
{
    /// <summary>How many objects of one indicator are held. The occurrences are counted on.</summary>
    internal const int MaxItems = 100;

    private readonly List<object> _items = [];

    internal string? Path => path;

    internal long? Line => line;

    /// <summary>The object, or several of them as an array; <see langword="null"/> for none.</summary>
    internal object? Items => _items switch
    {
        [] => null,
        [var only] => only,
        _ => _items.ToArray(),
    };

    /// <returns>Whether it is held now, and was not before.</returns>
    internal bool Add(object item)
    {
        // One object may hold the same indicator several times.
        if (_items.Count >= MaxItems || (_items.Count > 0 && ReferenceEquals(_items[^1], item)))
        {
            return false;
        }

        _items.Add(item);
        return true;
    }
}
