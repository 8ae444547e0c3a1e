using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.PowerShell.Input;

/// <summary>
/// Files that hold indicators: lists with one indicator a line, or tables (CSV, TSV, logs of Zeek, JSON lines), which are read as rows.
/// </summary>
internal static class IndicatorList
{
    /// <summary>
    /// Hands on what stands in a file, line by line or row by row as it is read. A file most of whose lines hold more than indicators is a
    /// text and no list, and a warning says how to look up what stands in it.
    /// </summary>
    /// <param name="cmdlet">The command that reads.</param>
    /// <param name="encoding">The encoding of the file; <see langword="null"/> for UTF-8, or a guess where it is not that.</param>
    /// <param name="read">Reads a line or a row, which comes from there; tells whether there was anything.</param>
    internal static void Read(PSCmdlet cmdlet, string path, Encoding? encoding, Func<object?, InputSource, bool> read)
    {
        int lines = 0;
        int sentences = 0;
        try
        {
            using TextReader reader = InputFiles.Open(cmdlet, path, encoding);
            DelimitedText table = new(reader);
            if (table.TryReadJson(out string? json))
            {
                read(json, new InputSource(null, path));
                return;
            }

            while (!cmdlet.Stopping && table.Read() is { } item)
            {
                bool any = read(item, new InputSource(item is string ? null : item, path, table.Line));
                lines += any ? 1 : 0;
                sentences += any && item is string line && IsSentence(line) ? 1 : 0;
            }
        }
        catch (Exception exception) when (InputFiles.IsUnreadable(exception))
        {
            cmdlet.WriteError(InputErrors.FileUnreadable(path, exception));
        }

        if (sentences > lines / 2)
        {
            string file = CodeGeneration.EscapeSingleQuotedStringContent(DisplayText.Clean(path));
            cmdlet.WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"{sentences:N0} of {lines:N0} lines of '{file}' hold more than an indicator and are skipped. To look up the indicators in running text: Find-Ioc -LiteralPath '{file}' | Start-IocEnrichment"));
        }
    }

    // Some indicators have white space in them, such as "evil [.] example [.] com"; so it is looked at only where there is some.
    private static bool IsSentence(string line)
    {
        ReadOnlySpan<char> text = CellText.WithoutComment(line);
        return text.IndexOfAny(" \t,;|") >= 0 && CellText.IsNeitherOneNorSeveral(line);
    }
}
