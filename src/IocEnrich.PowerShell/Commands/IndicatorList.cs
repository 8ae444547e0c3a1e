using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Files with one indicator a line. Blank lines and comments are passed over.</summary>
internal static class IndicatorList
{
    /// <summary>
    /// Hands on the indicators of a list, line by line as they are read. A file most of whose lines hold more than an indicator is a text
    /// and no list, and a warning says how to look up what stands in it.
    /// </summary>
    internal static void Read(PSCmdlet cmdlet, string path, Action<IndicatorText> take)
    {
        long number = 0;
        int lines = 0;
        int sentences = 0;
        List<IndicatorText> texts = [];
        try
        {
            using StreamReader reader = InputFiles.Open(path);
            while (!cmdlet.Stopping && reader.ReadLine() is { } line)
            {
                texts.Clear();
                number++;
                IndicatorInput.TryRead(line, texts);
                lines += texts.Count > 0 ? 1 : 0;
                sentences += texts.Exists(IsSentence) ? 1 : 0;
                texts.ForEach(text => take(text with { Source = new InputSource(null, path, number) }));
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
                $"{sentences:N0} of {lines:N0} lines of '{file}' hold more than an indicator, and are skipped. To look up the indicators in a text: Find-Ioc -LiteralPath '{file}' | Start-IocEnrichment"));
        }
    }

    // Some indicators have white space in them, such as "evil [.] example [.] com"; so it is looked at only where there is some.
    private static bool IsSentence(IndicatorText input) =>
        input.Text.AsSpan().IndexOfAny(' ', '\t') >= 0 && !IndicatorParser.TryParse(input.Text, out _);
}
