namespace IocEnrich.Engine.Documents.Mail;

/// <summary>A mail is larger or deeper than is read as a mail (<see cref="MailLimits"/>).</summary>
internal sealed class MailLimitException : Exception
{
    /// <summary>Tells which limit it was.</summary>
    public MailLimitException(string message)
        : base(message)
    {
    }

    /// <summary>Tells no limit.</summary>
    public MailLimitException()
    {
    }

    /// <summary>Tells which limit it was, and what came before.</summary>
    public MailLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
