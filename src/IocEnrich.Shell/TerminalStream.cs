using System.Management.Automation;
using System.Management.Automation.Internal;

namespace IocEnrich.Shell;

/// <summary>
/// Standard output or standard error: where text goes, and whether escape sequences may go with it. Each decides for itself, so that
/// <c>2&gt; errors.txt</c> leaves a plain file and colours on the screen.
/// </summary>
internal sealed class TerminalStream
{
    private readonly TextWriter _writer;

    private TerminalStream(TextWriter writer, bool isRedirected)
    {
        _writer = writer;
        TakesEscapes = !isRedirected && UnderstandsEscapes;

        // https://no-color.org: any value that is not empty.
        IsColoured = TakesEscapes && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    }

    /// <summary>Whether the terminal takes escape sequences for what they are.</summary>
    public static bool UnderstandsEscapes { get; } = Environment.GetEnvironmentVariable("TERM") switch
    {
        "dumb" => false,
        { Length: > 0 } => true,

        // The old console window of Windows shows them as text unless a program switches them on. These two always understand them.
        _ => !OperatingSystem.IsWindows()
            || Environment.GetEnvironmentVariable("WT_SESSION") is not null
            || Environment.GetEnvironmentVariable("ConEmuANSI") == "ON",
    };

    /// <summary>The cursor may be moved and lines may be cleared.</summary>
    public bool TakesEscapes { get; }

    /// <summary>Colours are wanted.</summary>
    public bool IsColoured { get; }

    public static TerminalStream Output() => new(Console.Out, Console.IsOutputRedirected);

    public static TerminalStream Error() => new(Console.Error, Console.IsErrorRedirected);

    /// <summary>Writes text as the engine gives it. Its colours are dropped where none are wanted.</summary>
    public void Write(string text) => _writer.Write(IsColoured ? text : new StringDecorated(text).ToString(OutputRendering.PlainText));

    /// <summary>Writes text in a style, given as an escape sequence of <see cref="PSStyle"/>.</summary>
    public void Write(string text, string style)
        => Write(IsColoured && text.Length > 0 && style.Length > 0 ? style + text + PSStyle.Instance.Reset : text);

    /// <summary>Moves the cursor or clears a line, where that is understood.</summary>
    public void Control(string sequence)
    {
        if (TakesEscapes)
        {
            _writer.Write(sequence);
        }
    }
}
