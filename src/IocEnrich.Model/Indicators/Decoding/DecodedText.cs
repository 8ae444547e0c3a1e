namespace IocEnrich;

/// <summary>A run of text with its container undone, and where each of its characters stood before.</summary>
internal sealed class DecodedText
{
    private char[] _characters = new char[512];

    // Most characters stand right behind the one before them, there as here: only where one does not a segment begins.
    private Segment[] _segments = new Segment[64];
    private int _segmentCount;
    private int _end;

    public int Length { get; private set; }

    public ReadOnlySpan<char> Text => _characters.AsSpan(0, Length);

    /// <summary>Where a character stood; of the length, where the run ended.</summary>
    public int OriginOf(int index)
    {
        if (index == Length)
        {
            return _end;
        }

        // The last segment that begins at the index or before it.
        int low = 0;
        int high = _segmentCount - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _segments[middle].Start <= index ? (middle, high) : (low, middle - 1);
        }

        return _segments[low].Origin + index - _segments[low].Start;
    }

    /// <summary>The first character that stood at an index or behind it; the length, where none did.</summary>
    public int IndexOfOrigin(int origin)
    {
        // The first segment that stood there or behind it; the one before may reach as far.
        int low = 0;
        int high = _segmentCount;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _segments[middle].Origin < origin ? (middle + 1, high) : (low, middle);
        }

        int next = low < _segmentCount ? _segments[low].Start : Length;
        return low == 0 ? next : Math.Min(next, _segments[low - 1].Start + origin - _segments[low - 1].Origin);
    }

    public void Clear() => (Length, _segmentCount) = (0, 0);

    public void Append(char c, int origin)
    {
        Reserve(1);
        Follow(origin);
        _characters[Length++] = c;
    }

    /// <summary>Appends a part of the text as it stands.</summary>
    public void Append(ReadOnlySpan<char> text, int start, int end)
    {
        if (start < end)
        {
            Reserve(end - start);
            Follow(start);
            text[start..end].CopyTo(_characters.AsSpan(Length));
            Length += end - start;
        }
    }

    /// <summary>Tells where the run ends.</summary>
    public void End(int origin) => _end = origin;

    private void Follow(int origin)
    {
        if (_segmentCount > 0 && _segments[_segmentCount - 1] is var last && last.Origin + Length - last.Start == origin)
        {
            return;
        }

        if (_segmentCount == _segments.Length)
        {
            Array.Resize(ref _segments, 2 * _segmentCount);
        }

        _segments[_segmentCount++] = new Segment(Length, origin);
    }

    private void Reserve(int count)
    {
        if (Length + count > _characters.Length)
        {
            Array.Resize(ref _characters, Math.Max(2 * _characters.Length, Length + count));
        }
    }

    private readonly record struct Segment(int Start, int Origin);
}

/// <summary>The texts that one scan decodes into: one for each depth, made when first needed and used again.</summary>
internal sealed class DecodingScratch
{
    /// <summary>How often a text is decoded. Three containers in one another are undone, and some of them take more than one pass.</summary>
    public const int DeepestNesting = 5;

    private readonly DecodedText?[] _levels = new DecodedText?[DeepestNesting];

    /// <summary>How many characters have been decoded and scanned, and searched for containers: what these cost, on whatever machine.</summary>
    public long Work { get; private set; }

    public void Count(long characters) => Work += characters;

    /// <summary>The text for what is decoded inside a text of the given depth; empty.</summary>
    public DecodedText Under(int depth)
    {
        DecodedText level = _levels[depth] ??= new DecodedText();
        level.Clear();
        return level;
    }
}
