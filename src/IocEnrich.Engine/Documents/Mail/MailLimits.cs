namespace IocEnrich.Engine.Documents.Mail;

/// <summary>How much of a mail is read as a mail. What is beyond is searched as plain text, and a note says so.</summary>
internal static class MailLimits
{
    /// <summary>Parts in parts: more than ten are seen in no honest mail.</summary>
    internal const int Depth = 32;

    /// <summary>Mails in encoded attachments of mails: each is held in memory while it is read.</summary>
    internal const int EncodedMailDepth = 8;

    /// <summary>How large a mail in an encoded attachment may be, in bytes. A larger one is an attached file.</summary>
    internal const int EncodedMailLength = 32 * 1024 * 1024;

    /// <summary>Parts and headers of one message.</summary>
    internal const int Items = 100_000;

    /// <summary>Bytes of all headers of one message; they are held in memory.</summary>
    internal const int HeaderBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of one header. It is held in memory several times.</summary>
    internal const int HeaderLength = 4 * 1024 * 1024;

    /// <summary>How long a part may be, in characters, to be read as HTML; it is held in memory. A longer one is searched as plain text.</summary>
    internal const int HtmlLength = 16 * 1024 * 1024;
}
