using System.Buffers;
using System.Text;

namespace IocEnrich;

/// <summary>A growing text that starts on the stack, so that reading a token leaves nothing behind for the collector.</summary>
internal ref struct TextBuffer
{
    private char[]? _rented;
    private Span<char> _chars;

    public TextBuffer(Span<char> initial)
    {
        _chars = initial;
    }

    public int Length { get; set; }

    public readonly ReadOnlySpan<char> Text => _chars[..Length];

    public readonly Span<char> Writable => _chars[..Length];

    public void Append(char c)
    {
        if (Length == _chars.Length)
        {
            Grow(1);
        }

        _chars[Length++] = c;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_chars[Length..]);
        Length += text.Length;
    }

    /// <summary>Appends the text with its ASCII letters in lower case.</summary>
    public void AppendLower(scoped ReadOnlySpan<char> text)
    {
        int start = Length;
        Append(text);
        Span<char> rest = _chars[start..Length];
        while (Ascii.ToLowerInPlace(rest, out int done) == OperationStatus.InvalidData)
        {
            // It stops at a character beyond ASCII, which stays as it is.
            rest = rest[(done + 1)..];
        }
    }

    public void AppendNumber(int value)
    {
        Span<char> digits = stackalloc char[11];
        value.TryFormat(digits, out int written, provider: System.Globalization.CultureInfo.InvariantCulture);
        Append(digits[..written]);
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented);
            _rented = null;
        }
    }

    private void Grow(int needed)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + needed, _chars.Length * 2));
        _chars[..Length].CopyTo(larger);
        Dispose();
        _rented = larger;
        _chars = larger;
    }
}
