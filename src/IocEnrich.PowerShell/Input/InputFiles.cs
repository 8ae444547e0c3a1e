using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text;
using IocEnrich.Engine.Documents;
using IocEnrich.Engine.Documents.Encodings;
using IocEnrich.PowerShell.Commands;

namespace IocEnrich.PowerShell.Input;

/// <summary>Text files that a cmdlet reads: lists with one indicator a line, or any text.</summary>
internal static class InputFiles
{
    /// <summary>The files that paths of PowerShell mean. What is not there has its error; the others are taken.</summary>
    internal static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string[] paths, bool expandWildcards)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            IReadOnlyCollection<string> found = Find(cmdlet, path, expandWildcards);
            files.AddRange(found.Where(File.Exists));
            if (!found.Any(File.Exists))
            {
                cmdlet.WriteError(found.Any(Directory.Exists) ? InputErrors.IsFolder(path) : InputErrors.FileNotFound(path));
            }
        }

        return files;
    }

    /// <summary>Whether a text is the name of a file that is there.</summary>
    internal static bool IsNameOfFile(PSCmdlet cmdlet, string text) =>
        text.Length is > 0 and < 260 && text.IndexOfAny(['*', '?', ':', '\n', '\0']) < 0 && Find(cmdlet, text, expandWildcards: false).Any(File.Exists);

    /// <summary>
    /// Opens a text: as its byte order mark says; else in the encoding that was told; else as UTF-8, and by a guess where it is not that, of
    /// which a warning tells. A log may be written to meanwhile.
    /// </summary>
    internal static TextReader Open(Cmdlet cmdlet, string path, Encoding? encoding) => TextOpening.Open(
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
        encoding,
        guess => DocumentWarnings.Write(cmdlet, DocumentNote.OfGuess(path, guess)));

    /// <summary>Whether that is what comes of a file that cannot be read.</summary>
    internal static bool IsUnreadable(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static Collection<string> Find(PSCmdlet cmdlet, string path, bool expandWildcards)
    {
        try
        {
            ProviderInfo provider;
            Collection<string> found = expandWildcards
                ? cmdlet.GetResolvedProviderPathFromPSPath(path, out provider)
                : [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];

            // What is called Env:PATH is no file PATH.
            return provider.Name == "FileSystem" ? found : [];
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            return [];
        }
    }
}
