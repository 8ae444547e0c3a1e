using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace IocEnrich.Engine.Documents.Mail;

/// <summary>What of a header is searched, as text.</summary>
internal static class MailHeaders
{
    // They name boundaries, files and parts of this mail, and how it is written. An address that a parameter holds is looked at below.
    private static readonly HashSet<string> AboutTheMail = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "Content-Disposition", "Content-ID", "Content-Transfer-Encoding", "Content-Length", "MIME-Version", "X-Attachment-Id", "Content-MD5", "Content-Language",
    };

    private static readonly HashSet<string> NotAddresses = new(StringComparer.OrdinalIgnoreCase)
    {
        "boundary", "name", "filename", "charset", "type", "start", "format", "delsp", "method", "protocol", "micalg", "size", "creation-date", "modification-date", "read-date", "report-type",
    };

    /// <summary>
    /// The text of a header. One in ASCII is as it stands in the file, so that lines and columns are those of the file; encoded words
    /// (RFC 2047) are decoded.
    /// </summary>
    /// <param name="decode">Decodes bytes that are no encoded words.</param>
    /// <returns><see langword="null"/> if there is nothing to search.</returns>
    internal static string? TextOf(MailHeader header, Func<byte[], string> decode)
    {
        if (AboutTheMail.Contains(header.Field))
        {
            return ParametersOf(header);
        }

        string prefix = header.Field + ":";
        return header.Value.AsSpan().IndexOf("=?"u8) >= 0
            ? prefix + " " + Header.Unfold(Rfc2047.DecodeText(header.Value)).Trim()
            : prefix + decode(header.Value);
    }

    private static string? ParametersOf(MailHeader header)
    {
        ParameterList? parameters = header.Field.ToUpperInvariant() switch
        {
            "CONTENT-TYPE" => ContentType.TryParse(header.Value, out ContentType? type) ? type.Parameters : null,
            "CONTENT-DISPOSITION" => ContentDisposition.TryParse(header.Value, out ContentDisposition? disposition) ? disposition.Parameters : null,
            _ => null,
        };
        if (parameters is null)
        {
            return null;
        }

        StringBuilder text = new();
        foreach (Parameter parameter in parameters.Where(static parameter => !NotAddresses.Contains(parameter.Name)))
        {
            text.Append(parameter.Value).Append('\n');
        }

        return text.Length == 0 ? null : text.ToString();
    }
}
