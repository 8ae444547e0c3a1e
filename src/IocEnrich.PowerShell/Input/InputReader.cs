using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace IocEnrich.PowerShell.Input;

/// <summary>
/// The one walk from any object to indicators. It is bounded in depth and in count, and does not follow an object into itself; code of
/// the object that throws ends nothing but the reading of that object. Not thread-safe: one reader for one pipeline.
/// </summary>
/// <param name="properties">The only properties that are looked at, all of them; none to look at the known columns.</param>
internal sealed class InputReader(IReadOnlyList<string> properties)
{
    private readonly RowReader _rows = new(properties);

    /// <summary>
    /// What comes of an input, lazily: one reading for an object, and one for each object of a list, of a list in a list, and so on.
    /// </summary>
    internal IEnumerable<InputReading> Read(object? input) => Read(input, new InputPath());

    private IEnumerable<InputReading> Read(object? input, InputPath path)
    {
        if (!TryShape(input, out InputShape shape, out InputReading.NotUnderstood? unreadable))
        {
            yield return unreadable;
            yield break;
        }

        if (shape is not InputShape.Items(IEnumerable values))
        {
            yield return ReadOne(input, shape);
            yield break;
        }

        if (!path.TryEnter(input))
        {
            yield return InputProblems.Endless(input);
            yield break;
        }

        bool isEmpty = true;
        using GuardedList list = new(values);
        while (list.MoveNext())
        {
            isEmpty = false;
            foreach (InputReading reading in Read(list.Current, path))
            {
                yield return reading;
            }
        }

        path.Leave();
        if (list.Failure is { } failure)
        {
            yield return InputProblems.Unreadable(input, "its items", failure);
        }
        else if (isEmpty)
        {
            yield return InputReading.Blank.Instance;
        }
    }

    private InputReading ReadOne(object? input, InputShape shape)
    {
        switch (shape)
        {
            case InputShape.Nothing:
                return InputReading.Blank.Instance;
            case InputShape.Text(string text):
                List<IndicatorText> texts = [];
                return CellText.ReadLine(text, texts) ? new InputReading.Indicators(texts) : InputReading.Blank.Instance;
            case InputShape.Scalar(string text):
                // A number is no indicator, and the parser says so.
                return new InputReading.Indicators([new IndicatorText(text)]);
            case InputShape.Ready(IndicatorText ready):
                return new InputReading.Indicators([ready]);
            case InputShape.Line(SelectedLine line):
                IReadOnlyList<IndicatorOccurrence> found = line.MatchedIndicators();
                found = found.Count > 0 ? found : line.Search(new IndicatorExtractorOptions());
                return found.Count > 0 ? new InputReading.Indicators([.. found.Select(IndicatorText.Of)]) : InputProblems.LineWithout(input);
            case InputShape.FileEntry(string path):
                return InputProblems.FileEntry(input, path);
            case InputShape.Row row:
                return _rows.Read(input, row);
            default:
                throw new InvalidOperationException($"A list is read item by item, and {shape.GetType().Name} is no shape of one object.");
        }
    }

    /// <summary>The shape of an object, unless its own code throws while it is looked at.</summary>
    internal static bool TryShape(object? input, out InputShape shape, [NotNullWhen(false)] out InputReading.NotUnderstood? unreadable)
    {
        unreadable = null;
        shape = null!;
        try
        {
            shape = InputShape.Of(input);
            return true;
        }
        catch (Exception exception) when (ForeignCode.IsItsOwn(exception))
        {
            unreadable = InputProblems.Unreadable(input, "its contents", exception);
            return false;
        }
    }
}
