using System.Globalization;

namespace IocEnrich.Benchmarks.Corpora;

/// <summary>An indicator in a file of a corpus, as it was found, or as it should be.</summary>
/// <param name="File">The file, from the folder of the corpus, with slashes.</param>
/// <param name="Line">The line; <see langword="null"/> where it may stand anywhere in the file.</param>
/// <param name="Type">The kind, as <see cref="IndicatorType"/> calls it.</param>
/// <param name="Value">The canonical text.</param>
internal sealed record CorpusEntry(string File, long? Line, string Type, string Value)
{
    /// <summary>Reads a truth: a line each, with tabs. What begins with <c>#</c> is a comment.</summary>
    /// <exception cref="FormatException">A line has not four columns, or a number of a line is none; the message names it.</exception>
    internal static IEnumerable<CorpusEntry> Read(TextReader reader)
    {
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] cells = line.Split('\t');
            long at = 0;
            if (cells.Length != 4 || (cells[1].Length > 0 && !long.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out at)))
            {
                throw new FormatException($"Line {number} of the truth is not: file, line, type, value, with tabs between them.");
            }

            yield return new CorpusEntry(cells[0].Replace('\\', '/'), cells[1].Length == 0 ? null : at, cells[2], cells[3]);
        }
    }

    /// <summary>The line of a truth.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}\t{Line}\t{Type}\t{Value}");
}
