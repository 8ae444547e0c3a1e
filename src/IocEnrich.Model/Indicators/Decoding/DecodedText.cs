namespace IocEnrich;

/// <summary>A run of text with its container undone, and where each of its characters stood before.</summary>
internal sealed class DecodedText
{
    private char[] _characters = new char[512];
    private int[] _origins = new int[513];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Text => _characters.AsSpan(0, Length);

    /// <summary>Where a character stood; of the length, where the run ended.</summary>
    public int OriginOf(int index) => _origins[index];

    /// <summary>The first character that stood at an index or behind it; the length, where none did.</summary>
    public int IndexOfOrigin(int origin)
    {
        int found = Array.BinarySearch(_origins, 0, Length, origin);
        return found < 0 ? ~found : found;
    }

    public void Clear() => Length = 0;

    public void Append(char c, int origin)
    {
        if (Length == _characters.Length)
        {
            Array.Resize(ref _characters, 2 * Length);
            Array.Resize(ref _origins, (2 * Length) + 1);
        }

        _characters[Length] = c;
        _origins[Length++] = origin;
    }

    /// <summary>Appends a part of the text as it stands.</summary>
    public void Append(ReadOnlySpan<char> text, int start, int end)
    {
        for (int index = start; index < end; index++)
        {
            Append(text[index], index);
        }
    }

    /// <summary>Tells where the run ends.</summary>
    public void End(int origin) => _origins[Length] = origin;
}

/// <summary>The texts that one scan decodes into: one for each depth, made when first needed and used again.</summary>
internal sealed class DecodingScratch
{
    /// <summary>How often a text is decoded. Three containers in one another are undone, and some of them take more than one pass.</summary>
    public const int DeepestNesting = 5;

    private readonly DecodedText?[] _levels = new DecodedText?[DeepestNesting];

    /// <summary>How many characters have been decoded and scanned: what containers cost, on whatever machine.</summary>
    public long Work { get; private set; }

    public void Count(DecodedText decoded) => Work += decoded.Length;

    /// <summary>The text for what is decoded inside a text of the given depth; empty.</summary>
    public DecodedText Under(int depth)
    {
        DecodedText level = _levels[depth] ??= new DecodedText();
        level.Clear();
        return level;
    }
}
