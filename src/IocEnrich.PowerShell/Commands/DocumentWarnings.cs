using System.Management.Automation;
using System.Management.Automation.Language;
using IocEnrich.Engine.Documents;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Says of a file what its reader should know.</summary>
internal static class DocumentWarnings
{
    /// <summary>Writes the warning for a note about a document.</summary>
    internal static void Write(Cmdlet cmdlet, DocumentNote note)
    {
        string file = $"'{CodeGeneration.EscapeSingleQuotedStringContent(DisplayText.Clean(note.Path))}'";
        string detail = DisplayText.Clean(note.Detail);
        cmdlet.WriteWarning(note.Kind switch
        {
            DocumentNoteKind.EncodingGuessed =>
                $"{file} is not UTF-8 and does not declare its encoding. It was read as {detail}, which is a guess. If that is wrong, specify the encoding with -Encoding.",
            DocumentNoteKind.EncodingUnknown =>
                $"{file} is not UTF-8, and its encoding could not be detected. Indicators with non-ASCII letters are left out. To find them, specify the encoding with -Encoding.",
            _ => $"{file} was read as an email only in part: {detail}. The rest was searched as plain text.",
        });
    }
}
