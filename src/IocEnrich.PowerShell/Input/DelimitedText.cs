using System.Collections.Specialized;
using System.Text;

namespace IocEnrich.PowerShell.Input;

/// <summary>
/// Reads a file as what it is: a table with a header in which a column is known, as rows; anything else as lines. A header may be a line
/// of its own, a comment (<c># id,dateadded,url</c>, <c>#fields</c> of Zeek), or stand behind <c>sep=;</c>.
/// </summary>
internal sealed class DelimitedText(TextReader reader)
{
    // A whole document is read in one piece only where it can be.
    private const int LongestDocument = 64 * 1024 * 1024;

    private string[]? _header;
    private char _delimiter;
    private bool _isDecided;
    private string? _next;

    /// <summary>The number of the line that was read last: the last one of a row that goes on over several.</summary>
    internal long Line { get; private set; }

    /// <summary>The whole text, where it begins as a JSON document of several lines does.</summary>
    internal bool TryReadJson(out string? json)
    {
        json = null;
        _next = reader.ReadLine();
        string start = _next?.TrimStart('\uFEFF', ' ', '\t') ?? "";
        if (start is not ("[" or "{" or "[{") && !(start.StartsWith('[') && start.TrimEnd().EndsWith('{')) && !start.StartsWith("[{\"", StringComparison.Ordinal))
        {
            return false;
        }

        StringBuilder document = new(_next);
        char[] part = new char[64 * 1024];
        document.Append('\n');
        for (int read; (read = reader.Read(part)) > 0;)
        {
            document.Append(part, 0, read);
            if (document.Length > LongestDocument)
            {
                throw new IOException("it is a JSON document of more than 64 Mi characters. Convert it to JSON lines, or pipe the objects: Get-Content -Raw | ConvertFrom-Json.");
            }
        }

        json = document.ToString();
        return true;
    }

    /// <summary>The next row, as a dictionary, or the next line, as a string; <see langword="null"/> at the end.</summary>
    internal object? Read()
    {
        while (ReadLine() is { } line)
        {
            if (TryReadHeader(line))
            {
                continue;
            }

            if (_header is null || (line.StartsWith('#') && _delimiter != '\0'))
            {
                return line;
            }

            return string.IsNullOrWhiteSpace(line) ? line : ReadRow(line);
        }

        return null;
    }

    private string? ReadLine()
    {
        string? line = _next ?? reader.ReadLine();
        _next = null;
        Line++;
        return line;
    }

    private bool TryReadHeader(string line)
    {
        if (_isDecided)
        {
            return false;
        }

        string text = line.TrimStart('\uFEFF');
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length == 5)
        {
            _delimiter = text[4];
            return true;
        }

        bool isComment = text.StartsWith('#');
        text = text.StartsWith("#fields\t", StringComparison.Ordinal) ? text["#fields\t".Length..] : text.TrimStart('#').Trim();
        if (text.Length == 0)
        {
            return false;
        }

        // What is no comment and no header is the first line of a list.
        _isDecided = !isComment;
        foreach (char delimiter in _delimiter != '\0' ? [_delimiter] : new[] { ',', ';', '\t' })
        {
            string[] names = [.. Split(text, delimiter).Select(static name => name.Trim())];
            if (names.Length > 1 && names.Any(static name => KnownColumns.Find("", name) is not null) && !names.Any(static name => IndicatorParser.TryParse(name, out _)))
            {
                _header = names;
                _delimiter = delimiter;
                _isDecided = true;
                return true;
            }
        }

        return false;
    }

    private OrderedDictionary ReadRow(string line)
    {
        // A cell in quotes may go on over several lines.
        while (line.AsSpan().Count('"') % 2 != 0 && line.Length < IndicatorParser.MaxLength * 8 && reader.ReadLine() is { } more)
        {
            line = $"{line}\n{more}";
            Line++;
        }

        List<string> cells = Split(line, _delimiter);
        OrderedDictionary row = new(_header!.Length, StringComparer.OrdinalIgnoreCase);
        for (int index = 0; index < cells.Count; index++)
        {
            // More cells than names are cells all the same.
            row[index < _header.Length && _header[index].Length > 0 ? _header[index] : $"column {index + 1}"] = cells[index];
        }

        return row;
    }

    private static List<string> Split(string line, char delimiter)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool isQuoted = false;
        for (int index = 0; index < line.Length; index++)
        {
            char c = line[index];
            if (c == '"')
            {
                if (isQuoted && index + 1 < line.Length && line[index + 1] == '"')
                {
                    cell.Append('"');
                    index++;
                    continue;
                }

                isQuoted = !isQuoted && (string.IsNullOrWhiteSpace(cell.ToString()) || cell.Length == 0);
                if (isQuoted)
                {
                    cell.Clear();
                }
            }
            else if (c == delimiter && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
