using System.Buffers;

namespace IocEnrich.Engine.Documents.Html;

/// <summary>A text that was made of another one, and knows of each of its characters where it came from.</summary>
internal sealed class MappedText
{
    private readonly ArrayBufferWriter<char> _text = new();
    private readonly List<Run> _runs = [];

    internal int Length => _text.WrittenCount;

    /// <summary>The text made so far.</summary>
    internal ReadOnlySpan<char> Text => _text.WrittenSpan;

    internal char Last => Length == 0 ? '\n' : Text[^1];

    /// <summary>Appends a part of the source as it is.</summary>
    internal void Append(ReadOnlySpan<char> part, int source)
    {
        _runs.Add(new Run(Length, source, IsVerbatim: true));
        _text.Write(part);
    }

    /// <summary>Appends what stands for a place of the source, such as the character of an entity.</summary>
    internal void AppendFor(int source, ReadOnlySpan<char> text)
    {
        _runs.Add(new Run(Length, source, IsVerbatim: false));
        _text.Write(text);
    }

    /// <summary>Appends a part of a text that was made of the same source.</summary>
    internal void Append(MappedText made, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            AppendOne(made.Text[i], made.SourceOf(i));
        }
    }

    /// <summary>Appends one character; those that stand side by side in the source cost no more than one.</summary>
    internal void AppendOne(char c, int source)
    {
        if (_runs.Count == 0 || _runs[^1] is not { IsVerbatim: true } last || last.Source + Length - last.Start != source)
        {
            _runs.Add(new Run(Length, source, IsVerbatim: true));
        }

        _text.Write([c]);
    }

    /// <summary>Ends the line, if one has begun.</summary>
    internal void EndLine(int source)
    {
        if (Last != '\n')
        {
            AppendFor(source, "\n");
        }
    }

    /// <summary>Ends a run of text that reads on, but is another word.</summary>
    internal void EndWord(int source)
    {
        if (Last is not ('\n' or ' '))
        {
            AppendFor(source, " ");
        }
    }

    /// <summary>The place in the source of a character.</summary>
    internal int SourceOf(int index)
    {
        int low = 0;
        int high = _runs.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _runs[middle].Start <= index ? (middle, high) : (low, middle - 1);
        }

        return _runs.Count == 0 ? index : _runs[low].Source + (_runs[low].IsVerbatim ? index - _runs[low].Start : 0);
    }

    private readonly record struct Run(int Start, int Source, bool IsVerbatim);
}
