using System.Globalization;
using System.Management.Automation;

namespace IocEnrich.Shell;

/// <summary>
/// Progress as one line at the bottom of the terminal, overwritten in place. It goes to standard error, so results that are redirected to a
/// file stay clean while the person still sees how far the work is. Every call is made under the user interface's lock.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const string ReturnAndClear = "\r\u001b[K";
    private const int BarCells = 20;
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(100);

    private readonly TerminalStream _stream;
    private readonly ITimer _timer;
    private readonly TimeProvider _time;

    // The activities that run, the one heard of last at the end: an inner activity shows while it runs, then the outer one again.
    private readonly List<(long Source, ProgressRecord Record)> _running = [];
    private long _lastDrawn;
    private bool _isVisible;

    /// <param name="stream">Where the line is drawn; nothing is drawn unless it is a terminal.</param>
    /// <param name="sync">The lock of the user interface, taken by the drawing that is late.</param>
    /// <param name="time">The clock.</param>
    public ProgressLine(TerminalStream stream, Lock sync, TimeProvider time)
    {
        _stream = stream;
        _time = time;
        _timer = time.CreateTimer(
            _ =>
            {
                lock (sync)
                {
                    if (_isVisible)
                    {
                        Show();
                    }
                }
            },
            state: null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes in what a command says of its progress.</summary>
    /// <param name="source">The command's runspace or job, to tell equal activity ids apart.</param>
    /// <param name="record">What it says.</param>
    /// <param name="mayDraw">Whether the cursor stands at the start of a line: half a line of output must not be drawn over.</param>
    public void Update(long source, ProgressRecord record, bool mayDraw)
    {
        if (!_stream.TakesEscapes)
        {
            return;
        }

        _running.RemoveAll(item => item.Source == source && item.Record.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Processing)
        {
            _running.Add((source, record));
        }

        TimeSpan sinceDrawn = _time.GetElapsedTime(_lastDrawn);
        if (_running.Count == 0)
        {
            Hide();
        }
        else if (!mayDraw)
        {
            return;
        }
        else if (!_isVisible || sinceDrawn >= BetweenDrawings)
        {
            Show();
        }
        else
        {
            // A record of a burst is not drawn at once, but the last one of the burst must not be lost.
            _timer.Change(BetweenDrawings - sinceDrawn, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Takes the line off the screen, so that something else can be written there.</summary>
    public void Hide()
    {
        if (_isVisible)
        {
            _stream.Control(ReturnAndClear);
            _isVisible = false;
        }
    }

    /// <summary>Draws the line, if an activity is running. The cursor must stand at the start of a line.</summary>
    public void Show()
    {
        if (_running.Count > 0)
        {
            _stream.Control(ReturnAndClear);
            _stream.Write(CellWidth.Fit(Describe(_running[^1].Record), TerminalWidth - 1), PSStyle.Instance.Progress.Style);
            _lastDrawn = _time.GetTimestamp();
            _isVisible = true;
        }
    }

    /// <summary>Forgets all activities: the command that reported them is over, whether it said so or not.</summary>
    public void Reset()
    {
        Hide();
        _running.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // A pseudo-terminal that nobody gave a size has none.
    private static int TerminalWidth => Console.WindowWidth is > 0 and var width ? width : ShellRawUserInterface.UsualWidth;

    private static string Describe(ProgressRecord record)
    {
        List<string> parts = [record.Activity];
        if (record.PercentComplete >= 0)
        {
            int percent = Math.Min(record.PercentComplete, 100);
            int filled = percent * BarCells / 100;
            string bar = new string('#', filled) + new string('.', BarCells - filled);
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"[{bar}] {percent}%"));
        }

        parts.Add(record.StatusDescription);
        if (!string.IsNullOrWhiteSpace(record.CurrentOperation))
        {
            parts.Add(record.CurrentOperation);
        }

        if (record.SecondsRemaining >= 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromSeconds(record.SecondsRemaining):c} left"));
        }

        // One line means one line: a line break or an escape sequence in a status would tear it.
        return string.Concat(string.Join(' ', parts).Select(character => char.IsControl(character) ? ' ' : character));
    }
}
