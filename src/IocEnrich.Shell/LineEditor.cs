using System.Globalization;
using System.Text;

namespace IocEnrich.Shell;

/// <summary>
/// One line typed at a terminal: arrows, Home, End, Backspace, Delete, Ctrl+U, and Up and Down through what was typed before. It draws by
/// itself because the console's own reader can neither be interrupted nor made to forget half a line.
/// </summary>
internal sealed class LineEditor
{
    private readonly TextWriter _terminal = Console.IsOutputRedirected ? Console.Error : Console.Out;
    private readonly IReadOnlyList<string> _history;
    private readonly StringBuilder _text = new();

    // The column where the line begins, after the prompt; and how many rows below that the cursor is, in a line that wraps.
    private readonly int _origin;
    private int _row;
    private int _caret;
    private int _shown;

    private LineEditor(int origin, IReadOnlyList<string> history)
    {
        _origin = origin;
        _history = history;
        _shown = history.Count;
    }

    /// <summary>Reads a line, or <see langword="null"/> for Ctrl+D on an empty one.</summary>
    /// <param name="column">
    /// Where the cursor stands, after a question or a prompt. A terminal can be asked for it, but its answer comes among the keys.
    /// </param>
    /// <param name="history">What was typed before, oldest first.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was given up; the line so far is forgotten.</exception>
    public static string? ReadLine(int column, IReadOnlyList<string> history, CancellationToken cancellationToken)
        => new LineEditor(column, history).Read(cancellationToken);

    private string? Read(CancellationToken cancellationToken)
    {
        while (true)
        {
            ConsoleKeyInfo key = Keyboard.ReadKey(cancellationToken);
            if (key.Key == ConsoleKey.Enter)
            {
                _caret = _text.Length;
                Draw();
                _terminal.WriteLine();
                return _text.ToString();
            }

            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } && _text.Length == 0)
            {
                return null;
            }

            Apply(key);

            // What is pasted comes as many keys at once.
            if (!Console.KeyAvailable)
            {
                Draw();
            }
        }
    }

    private void Apply(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.Backspace }:
                int from = Before(_caret);
                _text.Remove(from, _caret - from);
                _caret = from;
                break;
            case { Key: ConsoleKey.Delete }:
                _text.Remove(_caret, After(_caret) - _caret);
                break;
            case { Key: ConsoleKey.LeftArrow }:
                _caret = Before(_caret);
                break;
            case { Key: ConsoleKey.RightArrow }:
                _caret = After(_caret);
                break;
            case { Key: ConsoleKey.Home } or { Key: ConsoleKey.A, Modifiers: ConsoleModifiers.Control }:
                _caret = 0;
                break;
            case { Key: ConsoleKey.End } or { Key: ConsoleKey.E, Modifiers: ConsoleModifiers.Control }:
                _caret = _text.Length;
                break;
            case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }:
                Replace(string.Empty);
                break;
            case { Key: ConsoleKey.UpArrow } when _shown > 0:
                Replace(_history[--_shown]);
                break;
            case { Key: ConsoleKey.DownArrow } when _shown < _history.Count:
                Replace(++_shown < _history.Count ? _history[_shown] : string.Empty);
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    _text.Insert(_caret++, key.KeyChar);
                }

                break;
        }
    }

    private void Replace(string text)
    {
        _text.Clear().Append(text);
        _caret = _text.Length;
    }

    // A surrogate pair is one character to the person who deletes it.
    private int Before(int index) => index switch
    {
        0 => 0,
        > 1 when char.IsSurrogatePair(_text[index - 2], _text[index - 1]) => index - 2,
        _ => index - 1,
    };

    private int After(int index)
        => index >= _text.Length ? _text.Length
            : index + 1 < _text.Length && char.IsSurrogatePair(_text[index], _text[index + 1]) ? index + 2
            : index + 1;

    private void Draw()
    {
        int width = Math.Max(Console.WindowWidth, 1);
        string text = _text.ToString();
        int end = _origin + CellWidth.Of(text);
        int caret = _origin + CellWidth.Of(text[.._caret]);

        StringBuilder drawing = new();
        MoveTo(drawing, rowsUp: _row, column: _origin);
        drawing.Append("\u001b[J").Append(text);
        if (text.Length > 0 && end % width == 0)
        {
            // A terminal that has filled its last column goes to the next row only with the next character.
            drawing.Append("\r\n");
        }

        _row = caret / width;
        MoveTo(drawing, rowsUp: (end / width) - _row, column: caret % width);
        _terminal.Write(drawing);
    }

    private static void MoveTo(StringBuilder drawing, int rowsUp, int column)
    {
        // The count 0 means 1 to a terminal.
        if (rowsUp > 0)
        {
            drawing.Append(CultureInfo.InvariantCulture, $"\u001b[{rowsUp}A");
        }

        drawing.Append('\r');
        if (column > 0)
        {
            drawing.Append(CultureInfo.InvariantCulture, $"\u001b[{column}C");
        }
    }
}
