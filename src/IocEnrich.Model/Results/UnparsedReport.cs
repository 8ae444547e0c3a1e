using System.Text;

namespace IocEnrich;

/// <summary>
/// A report that could not be converted to objects: its text, and the reason. The text is unchanged, and not safe to show on a terminal.
/// </summary>
public sealed class UnparsedReport
{
    // More than any answer that is accepted; what claims to be longer was never one.
    private const int MaxLength = 64 * 1024 * 1024;

    private UnparsedReport(string text, string reason) => (Text, Reason) = (text, reason);

    /// <summary>The JSON, as far as it could be read; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Text { get; }

    /// <summary>Why there are no objects, in a sentence that is safe to show.</summary>
    public string Reason { get; }

    /// <summary>The reason, not the text.</summary>
    public override string ToString() => Reason;

    /// <summary>The text of a report, as far as it can be read. Never throws.</summary>
    /// <param name="why">What stands in the way of objects: it is cleaned here.</param>
    internal static UnparsedReport Of(RawReport report, string why)
    {
        string reason = $"The report could not be converted to objects and is returned as text: {DisplayText.Clean(why).TrimEnd('.')}.";
        StringBuilder text = new();
        try
        {
            using StreamReader reader = new(report.OpenRead(), Encoding.UTF8);
            char[] buffer = new char[4096];
            for (int read; text.Length < MaxLength && (read = reader.Read(buffer)) > 0;)
            {
                text.Append(buffer, 0, read);
            }

            return new UnparsedReport(text.ToString(), reason);
        }
#pragma warning disable CA1031 // This is what is left when all else has failed: the result that carries it must not be lost too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            string end = $" The text ends where reading failed: {DisplayText.Clean(exception.Message)}";
            return new UnparsedReport(exception is OutOfMemoryException ? "" : text.ToString(), reason + end);
        }
    }
}
