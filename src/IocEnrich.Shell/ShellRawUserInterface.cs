using System.Management.Automation;
using System.Management.Automation.Host;

namespace IocEnrich.Shell;

/// <summary>The terminal as the engine's formatting sees it: mainly, how wide it is.</summary>
internal sealed class ShellRawUserInterface : PSHostRawUserInterface
{
    /// <summary>What pwsh takes where the output is no terminal, so that a table in a log is as wide as one from there.</summary>
    public const int UsualWidth = 120;

    private const int UsualHeight = 50;

    private ConsoleColor _foreground = ConsoleColor.Gray;
    private ConsoleColor _background = ConsoleColor.Black;

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => WindowSize;
        set => throw NotSupported();
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => Console.IsOutputRedirected || Console.WindowWidth <= 0
            ? new Size(UsualWidth, UsualHeight)
            : new Size(Console.WindowWidth, Console.WindowHeight);
        set => throw NotSupported();
    }

    /// <inheritdoc/>
    public override Size MaxWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw NotSupported();
    }

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get
        {
            if (Console.IsOutputRedirected)
            {
                return new Coordinates(0, 0);
            }

            (int left, int top) = Console.GetCursorPosition();
            return new Coordinates(left, top);
        }
        set => Console.SetCursorPosition(value.X, value.Y);
    }

    /// <inheritdoc/>
    public override int CursorSize
    {
        get => Console.CursorSize;
        set
        {
            if (!OperatingSystem.IsWindows())
            {
                throw NotSupported();
            }

            Console.CursorSize = value;
        }
    }

    /// <inheritdoc/>
    /// <remarks>A terminal does not tell its colours: these are what was set here last, or the usual light on dark.</remarks>
    public override ConsoleColor ForegroundColor
    {
        get => _foreground;
        set => Console.ForegroundColor = _foreground = value;
    }

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor
    {
        get => _background;
        set => Console.BackgroundColor = _background = value;
    }

    /// <inheritdoc/>
    public override string WindowTitle
    {
        get => OperatingSystem.IsWindows() ? Console.Title : string.Empty;
        set => Console.Title = value;
    }

    /// <inheritdoc/>
    public override bool KeyAvailable => !Console.IsInputRedirected && Console.KeyAvailable;

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (Console.IsInputRedirected)
        {
            throw new PSInvalidOperationException("There is no keyboard to read a key from: standard input is not a terminal.");
        }

        ConsoleKeyInfo key = Console.ReadKey(intercept: options.HasFlag(ReadKeyOptions.NoEcho));
        ControlKeyStates states =
            (key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : 0);
        return new KeyInfo((int)key.Key, key.KeyChar, states, keyDown: options.HasFlag(ReadKeyOptions.IncludeKeyDown));
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    /// <inheritdoc/>
    public override int LengthInBufferCells(char source) => CellWidth.Of(source);

    /// <inheritdoc/>
    public override int LengthInBufferCells(string source) => CellWidth.Of(source);

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotSupported();

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
        => throw NotSupported();

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotSupported();

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // Clear-Host fills the whole screen with spaces; there is no other part of a screen to fill on a terminal.
        if (rectangle is not { Left: -1, Top: -1, Right: -1, Bottom: -1 })
        {
            throw NotSupported();
        }

        if (!Console.IsOutputRedirected)
        {
            Console.Clear();
        }
    }

    private static PSNotSupportedException NotSupported()
        => new("A terminal does not offer this: its size, its window and what is on it are not a program's to change.");
}
