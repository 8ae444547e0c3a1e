using System.Collections;

namespace IocEnrich;

/// <summary>
/// A list of texts that reads well where PowerShell wants one text, as Export-Csv does: <c>a; b; c</c>. Immutable. In JSON it is an array.
/// </summary>
public sealed class TextList : IReadOnlyList<string>
{
    private readonly string[] _texts;

    /// <summary>A list of these texts, in their order.</summary>
    public TextList(IEnumerable<string> texts) => _texts = [.. texts];

    /// <summary>The list without texts.</summary>
    public static TextList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _texts.Length;

    /// <inheritdoc/>
    public string this[int index] => _texts[index];

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _texts.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The texts, with a semicolon between them.</summary>
    public override string ToString() => string.Join("; ", _texts);
}
