using System.Management.Automation;
using System.Management.Automation.Language;
using IocEnrich.Engine.Documents;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Says of a file what its reader should know.</summary>
internal static class DocumentWarnings
{
    /// <summary>Writes a warning.</summary>
    internal static void Write(Cmdlet cmdlet, DocumentNote note)
    {
        string file = $"'{CodeGeneration.EscapeSingleQuotedStringContent(DisplayText.Clean(note.Path))}'";
        string detail = DisplayText.Clean(note.Detail);
        cmdlet.WriteWarning(note.Kind switch
        {
            DocumentNoteKind.EncodingGuessed =>
                $"{file} is not UTF-8 and does not tell its encoding. It was read as {detail}, which is a guess. If it is another one, name it with -Encoding.",
            DocumentNoteKind.EncodingUnknown =>
                $"{file} is not UTF-8, and its encoding cannot be told. Indicators with letters beyond ASCII are left out. To find them, name the encoding with -Encoding.",
            _ => $"{file} was not read as a mail to its end: {detail}. The rest was searched as plain text.",
        });
    }
}
