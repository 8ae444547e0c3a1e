using System.Text;

namespace IocEnrich.Engine.Documents.Mail;

/// <summary>What kind of mail a file is.</summary>
internal enum MailKind
{
    /// <summary>Not an email.</summary>
    None,

    /// <summary>One message (RFC 5322).</summary>
    Message,

    /// <summary>Several, each behind a line that begins with <c>From</c> and a blank (RFC 4155).</summary>
    Mbox,
}

/// <summary>Tells a mail from another text by its beginning: it is a block of headers, and of those that only mail has.</summary>
internal static class MailSignature
{
    /// <summary>How much of a file is looked at. The headers of a mail that came a long way are 20 KB.</summary>
    internal const int Length = 64 * 1024;

    // One of these, and one more of both.
    private static readonly HashSet<string> OfMail = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Received", "Return-Path", "Message-ID", "MIME-Version", "Delivered-To", "Subject", "ARC-Seal", "DKIM-Signature", "Received-SPF", "X-Received",
    };

    private static readonly HashSet<string> OfMailAmongOthers = new(StringComparer.OrdinalIgnoreCase)
    {
        "To", "Cc", "Date", "Sender", "Reply-To", "Content-Type", "Content-Transfer-Encoding", "Authentication-Results", "X-Mailer", "In-Reply-To", "References", "List-Unsubscribe",
    };

    /// <summary>What kind of mail begins so.</summary>
    /// <param name="isNamed">Whether the file has the name of a mail: then one header of a mail is enough.</param>
    internal static MailKind Of(ReadOnlySpan<byte> beginning, bool isNamed = false)
    {
        ReadOnlySpan<byte> rest = beginning.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? beginning[3..] : beginning;
        rest = rest.TrimStart("\r\n"u8);
        bool isMbox = rest.StartsWith("From "u8);
        if (isMbox)
        {
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        }

        int ofMail = 0;
        int ofOthers = 0;
        bool isFirst = true;
        while (TryReadLine(ref rest, out ReadOnlySpan<byte> line) && !line.IsEmpty)
        {
            if (line[0] is (byte)' ' or (byte)'\t' && !isFirst)
            {
                continue;
            }

            if (NameOf(line) is not { } name)
            {
                // A line that is broken or missing does not make another text of many headers.
                return isNamed && ofMail > 0 || ofMail > 3 ? KindOf(isMbox) : MailKind.None;
            }

            isFirst = false;
            ofMail += OfMail.Contains(name) ? 1 : 0;
            ofOthers += OfMailAmongOthers.Contains(name) ? 1 : 0;
        }

        return ofMail > 0 && ofMail + ofOthers > 1 || (isNamed && ofMail + ofOthers > 0) ? KindOf(isMbox) : MailKind.None;
    }

    private static MailKind KindOf(bool isMbox) => isMbox ? MailKind.Mbox : MailKind.Message;

    private static bool TryReadLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        int end = rest.IndexOf((byte)'\n');
        line = end < 0 ? rest : rest[..end].TrimEnd((byte)'\r');
        rest = end < 0 ? [] : rest[(end + 1)..];
        return !line.IsEmpty || !rest.IsEmpty;
    }

    private static string? NameOf(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon <= 0 ? [] : line[..colon].TrimEnd(" \t"u8);
        return name.IsEmpty || name.Length > 76 || name.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? null : Encoding.ASCII.GetString(name);
    }
}
