namespace IocEnrich.Engine.Documents;

/// <summary>A part of a document: a text to be searched, or a file that the document brings.</summary>
/// <param name="Label">Which part it is, such as <c>1.2 text/html (base64)</c>; <see langword="null"/> if the document is one text.</param>
/// <param name="Line">The line of the file that it begins with, or 1 where it stands encoded in the file.</param>
internal abstract record DocumentPart(string? Label, long Line);

/// <summary>A text to search, such as a whole file or a part of an email.</summary>
/// <param name="Label">Which part it is.</param>
/// <param name="Line">The number of its first line.</param>
/// <param name="Reader">The text, which is read before the next part is asked for.</param>
/// <param name="IsHtml">Whether it is HTML, and to be read as what a browser shows.</param>
internal sealed record TextPart(string? Label, long Line, TextReader Reader, bool IsHtml = false) : DocumentPart(Label, Line);

/// <summary>An attached file, of which only the hash is reported.</summary>
/// <param name="Label">Which part it is.</param>
/// <param name="Line">The line that it begins with.</param>
/// <param name="FileName">Its name, as the sender has written it; <see langword="null"/> for none.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case digits.</param>
internal sealed record AttachedFile(string Label, long Line, string? FileName, string Sha256) : DocumentPart(Label, Line);
