using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using IocEnrich.Engine.Documents.Encodings;
using MimeKit;
using MimeKit.IO;
using MimeKit.IO.Filters;

namespace IocEnrich.Engine.Documents.Mail;

/// <summary>Opens the content of a part, and tells what it is.</summary>
/// <param name="stream">The mail, which can be rewound. One content is read at a time.</param>
internal sealed partial class MailContents(Stream stream)
{
    private const int SampleLength = 4096;

#pragma warning disable SYSLIB0001 // It is dangerous where a browser takes a page for it that is something else. Here it decides of nothing but what is looked for.
    private static readonly Encoding Utf7 = new UTF7Encoding();
#pragma warning restore SYSLIB0001

    private static readonly string[] HtmlNames = [".htm", ".html", ".xhtml", ".shtml", ".mht", ".svg"];

    /// <summary>The bytes of a part, decoded as they are read. Disposing them leaves the mail open.</summary>
    internal Stream Open(MailContent content)
    {
        BoundStream bytes = new(stream, content.Begin, content.End, leaveOpen: true);
        stream.Position = content.Begin;
        if (content.Encoding == ContentEncoding.Default)
        {
            return bytes;
        }

        FilteredStream decoded = new(bytes);
        decoded.Add(DecoderFilter.Create(content.Encoding));
        return decoded;
    }

    /// <summary>The first bytes of a part.</summary>
    internal byte[] Sample(MailContent content, int length = SampleLength)
    {
        using Stream bytes = Open(content);
        byte[] sample = new byte[length];
        return sample[..bytes.ReadAtLeast(sample, length, throwOnEndOfStream: false)];
    }

    /// <summary>A part as a whole; <see langword="null"/> if it is larger than that.</summary>
    internal byte[]? ReadAll(MailContent content, int longest)
    {
        using Stream bytes = Open(content);
        using MemoryStream all = new();
        byte[] block = new byte[64 * 1024];
        for (int read; (read = bytes.Read(block, 0, block.Length)) > 0;)
        {
            if (all.Length + read > longest)
            {
                return null;
            }

            all.Write(block, 0, read);
        }

        return all.ToArray();
    }

    /// <summary>The SHA-256 of a part's bytes; <see langword="null"/> if there are none.</summary>
    internal string? Sha256(MailContent content, CancellationToken cancellationToken)
    {
        using Stream bytes = Open(content);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[64 * 1024];
        bool isEmpty = true;
        for (int read; (read = bytes.Read(block, 0, block.Length)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
            isEmpty = false;
        }

        return isEmpty ? null : Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <summary>
    /// Whether a part is a file: it is marked as one, or has a name, or is no text. A picture that the body shows is none: mails are full
    /// of logos, and each would be asked about.
    /// </summary>
    internal static bool IsFile(MailContent content) =>
        content.IsAttachment
        || (!(content.HasContentId && IsPicture(content))
            && (content.FileName is not null || (content.MediaType.Contains('/', StringComparison.Ordinal) && !IsTextType(content.MediaType))));

    /// <summary>Whether it is searched: a text by its type, or anything but pictures, sound and films that begins as a text does.</summary>
    internal bool IsText(MailContent content) =>
        IsTextType(content.MediaType)
        || (!content.MediaType.StartsWith("image/", StringComparison.Ordinal) && !content.MediaType.StartsWith("audio/", StringComparison.Ordinal)
            && !content.MediaType.StartsWith("video/", StringComparison.Ordinal) && BeginsAsText(Sample(content)));

    /// <summary>Whether it is HTML, by its type, its name or its beginning.</summary>
    internal bool IsHtml(MailContent content) =>
        content.MediaType is "text/html" or "application/xhtml+xml" or "image/svg+xml"
        || (content.MediaType != "text/plain" && content.FileName is { } name && Array.Exists(HtmlNames, name.EndsWith))
        || (content.MediaType.StartsWith("application/", StringComparison.Ordinal) && BeginsAsHtml(Sample(content, 256)));

    /// <summary>
    /// The encoding that a part is in, where that is UTF-7: it says so, and there are signs of ASCII in it that are written as UTF-7 has
    /// them, such as <c>+ADw-</c> for a bracket. Plain text that says so is plain text: else each plus sign in it would change what follows.
    /// </summary>
    internal Encoding? Utf7Of(MailContent content) =>
        EncodingNames.IsUtf7(content.Charset) && Utf7Sign().IsMatch(Encoding.Latin1.GetString(Sample(content))) ? Utf7 : null;

    /// <summary>Whether it may be a mail of its own that was encoded to be sent, or is in parts too deep.</summary>
    internal static bool MayBeMail(MailContent content) =>
        content.MediaType is "message/rfc822" or "message/global"
        || (content.FileName?.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) ?? false);

    [GeneratedRegex(@"\+A[A-H][A-Za-z0-9+/]")]
    private static partial Regex Utf7Sign();

    private static bool IsPicture(MailContent content) => content.MediaType.StartsWith("image/", StringComparison.Ordinal) && content.MediaType != "image/svg+xml";

    // What stands outside all parts has no type.
    private static bool IsTextType(string mediaType) =>
        !mediaType.Contains('/', StringComparison.Ordinal)
        || mediaType.StartsWith("text/", StringComparison.Ordinal) || mediaType.StartsWith("message/", StringComparison.Ordinal)
        || mediaType.StartsWith("multipart/", StringComparison.Ordinal) || mediaType.EndsWith("+xml", StringComparison.Ordinal);

    private static bool BeginsAsText(ReadOnlySpan<byte> sample)
    {
        if (TextBeginning.OfMark(sample) is not null)
        {
            return true;
        }

        foreach (byte b in sample)
        {
            if (b < ' ' && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f' or 0x1B))
            {
                return false;
            }
        }

        // A character may be cut at the end of the sample.
        return System.Text.Unicode.Utf8.IsValid(sample[..Math.Max(0, sample.Length - 4)]) || sample.Length < 8;
    }

    private static bool BeginsAsHtml(ReadOnlySpan<byte> sample)
    {
        string start = Encoding.Latin1.GetString(sample).TrimStart('ï', '»', '¿', ' ', '\t', '\r', '\n');
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
