using System.Text;
using IocEnrich.Engine.Documents;

namespace IocEnrich.Engine.Tests.Documents;

/// <summary>A file for a test, and what is found in it.</summary>
internal sealed class DocumentFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iocenrich-documents-");

    internal DocumentFile(string name = "mail.eml") => Path = System.IO.Path.Combine(_folder.FullName, name);

    internal string Path { get; }

    /// <summary>What was noted in the last search.</summary>
    internal List<DocumentNote> Notes { get; } = [];

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>What is found in a text, whose lines end as they do in a mail.</summary>
    internal IReadOnlyList<IndicatorOccurrence> Find(string text, IndicatorExtractorOptions? options = null) =>
        Find(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), options);

    internal IReadOnlyList<IndicatorOccurrence> Find(byte[] bytes, IndicatorExtractorOptions? options = null, Encoding? encoding = null)
    {
        File.WriteAllBytes(Path, bytes);
        return [.. Search(options, encoding)];
    }

    /// <summary>What is found in the file as it is, walked through as it is asked for.</summary>
    internal IEnumerable<IndicatorOccurrence> Search(IndicatorExtractorOptions? options = null, Encoding? encoding = null, CancellationToken cancellationToken = default)
    {
        Notes.Clear();
        return new DocumentSearch(options ?? new IndicatorExtractorOptions(), encoding, Notes.Add).InFile(Path, cancellationToken);
    }

    /// <summary>The same as lines: what, in which part, in which line.</summary>
    internal string[] Lines(string text) => [.. Find(text).Select(static found => $"{found.Value} | {found.Part} | {found.Line}")];
}
