using System.Globalization;
using VirusTotal.Emulator.Faults.Actions;

namespace VirusTotal.Emulator.Faults;

/// <summary>The compact form of actions: <c>NAME[:ARGUMENT]</c>.</summary>
internal static class FaultActionText
{
    public static FaultAction Parse(string text, RetryAfter? retryAfter)
    {
        (string name, string? argument) = text.Split(':', 2) is [string left, string right] ? (left, right) : (text, null);
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            return FaultAction.Status(status, argument, retryAfter: retryAfter);
        }

        if (retryAfter is not null)
        {
            throw new FormatException("retry-after goes with a status only.");
        }

        return (name, argument) switch
        {
            ("reset", null) => FaultAction.Reset(),
            ("reset", "headers") => FaultAction.Reset(ResetPoint.InHeaders),
            ("reset", "after-headers") => FaultAction.Reset(ResetPoint.AfterHeaders),
            ("reset", "body") => FaultAction.Reset(ResetPoint.InBody),
            ("stall", null) => FaultAction.Stall(),
            ("stall", not null) => FaultAction.Stall(DurationText.Parse(argument)),
            ("drip", not null) => FaultAction.Drip(DurationText.Parse(argument)),
            ("truncate", null) => FaultAction.Truncate(),
            ("truncate", "chunked") => FaultAction.Truncate(chunked: true),
            ("wrong-json", null) => FaultAction.WrongJson,
            ("html", _) => FaultAction.HtmlPage(StatusOr200(argument)),
            ("empty", _) => FaultAction.EmptyBody(StatusOr200(argument)),
            ("huge", not null) => FaultAction.HugeBody(Size(argument)),
            ("redirect", not null) => FaultAction.Redirect(new Uri(argument, UriKind.Absolute)),
            ("wrong-encoding", null) => FaultAction.WrongEncoding,
            ("other-object", null) => ReportFault.OtherObject,
            ("count", not null) => ReportFault.Count(argument),
            ("gzip", "blocks") => new GzipFault(GzipFault.Of.Blocks),
            ("gzip", "members") => new GzipFault(GzipFault.Of.Members),
            ("gzip", "comment") => new GzipFault(GzipFault.Of.Comment),
            ("gzip", "cut") => new GzipFault(GzipFault.Of.Cut),
            _ => throw new FormatException($"there is no action \"{text}\"."),
        };
    }

    private static int StatusOr200(string? text) => text is null ? 200
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status
        : throw new FormatException($"\"{text}\" is not an HTTP status.");

    private static long Size(string text)
    {
        string digits = text.TrimEnd('B', 'K', 'M', 'G');
        long unit = text[digits.Length..] switch
        {
            "" or "B" => 1,
            "KB" => 1L << 10,
            "MB" => 1L << 20,
            "GB" => 1L << 30,
            _ => throw new FormatException($"\"{text}\" is not a size such as 500MB."),
        };
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? checked(number * unit)
            : throw new FormatException($"\"{text}\" is not a size such as 500MB.");
    }
}
