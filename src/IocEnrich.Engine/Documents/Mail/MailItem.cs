namespace IocEnrich.Engine.Documents.Mail;

/// <summary>A header or a part of a message, in the order of the file.</summary>
/// <param name="Number">Which part, as IMAP counts them (RFC 3501, section 6.4.5): <c>1.2</c>; empty for the message itself.</param>
/// <param name="Line">The line that it begins with, from 1.</param>
internal abstract record MailItem(string Number, int Line);

/// <summary>A header, as its bytes.</summary>
/// <param name="Number">The message or the part whose header it is.</param>
/// <param name="Line">The line that it begins with.</param>
/// <param name="Value">Its value, as it stands in the file.</param>
internal sealed record MailHeader(string Number, int Line, string Field, byte[] Value) : MailItem(Number, Line);

/// <summary>A part that holds no parts.</summary>
/// <param name="Line">The line that its content begins with.</param>
/// <param name="MediaType">Its type, such as <c>text/html</c>, in lower case; or what the text outside all parts is called.</param>
/// <param name="Begin">Where its content begins in the file.</param>
internal sealed record MailContent(string Number, int Line, string MediaType, long Begin, long End) : MailItem(Number, Line)
{
    /// <summary>The charset that it says it has.</summary>
    internal string? Charset { get; init; }

    /// <summary>How it was encoded to be sent.</summary>
    internal MimeKit.ContentEncoding Encoding { get; init; }

    /// <summary>The name of the file that it is.</summary>
    internal string? FileName { get; init; }

    /// <summary>Whether it is marked as an attachment.</summary>
    internal bool IsAttachment { get; init; }

    /// <summary>Whether the body refers to it, as to a picture.</summary>
    internal bool HasContentId { get; init; }
}
