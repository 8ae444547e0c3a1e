using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace IocEnrich.Engine.Redaction;

/// <summary>
/// Sanitizes every text of a server, an exception or the framework before it is shown, in one place. It removes keys, passwords and the
/// user info of URLs, and makes characters visible that could control a terminal.
/// </summary>
public static partial class ForeignText
{
    /// <summary>What an exception says: its innermost one, which knows what happened.</summary>
    /// <returns>A text with one full stop at its end.</returns>
    public static string Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Exception innermost = exception.GetBaseException();

        // The system's own words, without the address that the framework puts behind them.
        string message = innermost is SocketException socket ? new SocketException(socket.ErrorCode).Message : innermost.Message;
        return Clean(message.TrimEnd('.')) + ".";
    }

    /// <summary>A text that may name a URL with a user in it: a message of a server or of an exception.</summary>
    /// <param name="maxLength">Where it is cut; see <see cref="DisplayText.Clean"/>.</param>
    public static string Clean(string text, int maxLength = DisplayText.MaxLength)
    {
        ArgumentNullException.ThrowIfNull(text);

        // The secrets first: what is cut in the middle of one would not be found any more.
        string open = KnownSecrets.TakeOutProxies(KnownSecrets.TakeOut(text));
        return DisplayText.Clean(User().Replace(open, "://"), maxLength);
    }

    /// <summary>
    /// A text that is data, such as a name or a URL in a report: who is named in a URL there belongs to what is told of it, and stays.
    /// </summary>
    /// <param name="maxLength">Where it is cut; see <see cref="DisplayText.Clean"/>.</param>
    public static string CleanData(string text, int maxLength = DisplayText.MaxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        return DisplayText.Clean(KnownSecrets.TakeOut(text), maxLength);
    }

    [GeneratedRegex(@"://[^/\s]*@", RegexOptions.CultureInvariant)]
    private static partial Regex User();
}
