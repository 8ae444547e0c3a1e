using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace IocEnrich.Engine.Documents.Encodings;

/// <summary>
/// Reads bytes of which nobody has told the encoding: line by line as UTF-8 where they are that, and in one guessed encoding where they are
/// not. So one line in Latin-1 does no harm to a log in UTF-8. Memory does not depend on the length of the text or of its lines.
/// </summary>
/// <param name="stream">The bytes; disposed with this reader.</param>
/// <param name="guessed">Called once, when the first line that is no UTF-8 is met, with the guess, or with none.</param>
internal sealed class DetectingReader(Stream stream, Action<Encoding?> guessed) : TextReader
{
    private const int BlockLength = 64 * 1024;

    private readonly byte[] _bytes = new byte[BlockLength];

    // No encoding makes more characters than it has bytes; a decoder may hold back a few from before.
    private readonly char[] _chars = new char[BlockLength + 16];
    private int _nextByte;
    private int _endOfBytes;
    private int _nextChar;
    private int _endOfChars;
    private bool _isAtEnd;
    private Encoding? _guess;

    // While a line goes on that is no UTF-8.
    private Decoder? _decoder;

    /// <inheritdoc/>
    public override int Peek() => _nextChar < _endOfChars || Fill() ? _chars[_nextChar] : -1;

    /// <inheritdoc/>
    public override int Read() => _nextChar < _endOfChars || Fill() ? _chars[_nextChar++] : -1;

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || (_nextChar == _endOfChars && !Fill()))
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _endOfChars - _nextChar);
        _chars.AsSpan(_nextChar, count).CopyTo(buffer);
        _nextChar += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        _nextChar = _endOfChars = 0;
        while (_endOfChars == 0)
        {
            if (_nextByte == _endOfBytes && !ReadMore())
            {
                return false;
            }

            if (_decoder is not null)
            {
                DecodeRestOfLine(_decoder);
            }
            else
            {
                DecodeUtf8();
            }
        }

        return true;
    }

    private void DecodeUtf8()
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_nextByte, _endOfBytes - _nextByte);
        OperationStatus status = Utf8.ToUtf16(bytes, _chars, out int read, out int written, replaceInvalidSequences: false, isFinalBlock: _isAtEnd);
        _nextByte += read;
        _endOfChars = written;
        if (status == OperationStatus.NeedMoreData)
        {
            // A character goes on in the next block.
            ReadMore();
        }
        else if (status == OperationStatus.InvalidData)
        {
            // The whole line is no UTF-8, as far as it is in this block.
            _endOfChars = _chars.AsSpan(0, written).LastIndexOf('\n') + 1;
            _nextByte -= read - (bytes[..read].LastIndexOf((byte)'\n') + 1);
            _guess ??= Guess();
            _decoder = _guess.GetDecoder();
        }
    }

    private void DecodeRestOfLine(Decoder decoder)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_nextByte, _endOfBytes - _nextByte);
        int end = bytes.IndexOf((byte)'\n') + 1;
        bool isWhole = end > 0 || _isAtEnd;
        bytes = end > 0 ? bytes[..end] : bytes;
        _nextByte += bytes.Length;
        _endOfChars += decoder.GetChars(bytes, _chars.AsSpan(_endOfChars), flush: isWhole);
        _decoder = isWhole ? null : decoder;
    }

    private Encoding Guess()
    {
        // The rest of the block is looked at as well: more is told by more letters.
        while (!_isAtEnd && ReadMore())
        {
            if (_endOfBytes - _nextByte == BlockLength)
            {
                break;
            }
        }

        ArrayBufferWriter<byte> sample = new(1024);
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_nextByte, _endOfBytes - _nextByte);
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n') + 1;
            ReadOnlySpan<byte> line = end > 0 ? bytes[..end] : bytes;
            bytes = bytes[line.Length..];
            if (!Utf8.IsValid(line))
            {
                sample.Write(line);
            }
        }

        Encoding? guess = EncodingGuess.Of(sample.WrittenSpan);
        guessed(guess);
        return guess ?? EncodingGuess.OnlyAscii;
    }

    // False at the end, and where the block is full.
    private bool ReadMore()
    {
        if (_nextByte > 0)
        {
            _bytes.AsSpan(_nextByte, _endOfBytes - _nextByte).CopyTo(_bytes);
            _endOfBytes -= _nextByte;
            _nextByte = 0;
        }

        if (_isAtEnd || _endOfBytes == BlockLength)
        {
            return false;
        }

        int read = stream.Read(_bytes, _endOfBytes, BlockLength - _endOfBytes);
        _endOfBytes += read;
        _isAtEnd = read == 0;
        return read > 0;
    }
}
