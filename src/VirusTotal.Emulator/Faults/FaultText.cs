using System.Globalization;
using System.Text.Json;

namespace VirusTotal.Emulator.Faults;

/// <summary>The compact form of rules: <c>ACTION[@CONDITION,CONDITION,…]</c>. <c>Help.txt</c> tells all of it.</summary>
internal static class FaultText
{
    /// <exception cref="FormatException">The text is no rule; the message says why.</exception>
    public static FaultRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // Only conditions may hold a further @: an action has none, save a redirect's URL with a user name, which no test needs.
        string[] halves = text.Split('@', 2);
        try
        {
            FaultRule rule = new();
            Func<DateTimeOffset, string>? retryAfter = null;
            ReadConditions(halves.Length == 1 ? "" : halves[1], ref rule, ref retryAfter);
            rule = rule with { Action = ReadAction(halves[0], retryAfter) };
            rule.Validate();
            return rule;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or JsonException)
        {
            throw new FormatException($"\"{text}\" is no fault: {exception.Message}", exception);
        }
    }

    private static FaultAction ReadAction(string text, Func<DateTimeOffset, string>? retryAfter)
    {
        (string name, string? argument) = Pair(text, ':');
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            return FaultActions.Status(Valid(status), argument, retryAfter);
        }

        if (retryAfter is not null)
        {
            throw new FormatException("retry-after goes with a status only.");
        }

        return (name, argument) switch
        {
            ("reset", null) => FaultActions.Reset(),
            ("reset", "headers") => FaultActions.Reset(headers: 0.5),
            ("reset", "after-headers") => FaultActions.Reset(headers: 1),
            ("reset", "body") => FaultActions.Reset(headers: 1, body: 0.5),
            ("stall", _) => FaultActions.Stall(argument is null ? Timeout.InfiniteTimeSpan : Quantity.Duration(argument)),
            ("drip", not null) => FaultActions.Drip(Quantity.Duration(argument)),
            ("truncate", null) => FaultActions.Truncate(chunked: false),
            ("truncate", "chunked") => FaultActions.Truncate(chunked: true),
            ("wrong-json", null) => FaultActions.Body(200, "{\"unexpected\":true}"),
            ("html", _) => FaultActions.HtmlPage(StatusOr200(argument)),
            ("empty", _) => FaultActions.Body(StatusOr200(argument), ""),
            ("huge", not null) => FaultActions.HugeBody(Quantity.Size(argument)),
            ("redirect", not null) => FaultActions.Redirect(new Uri(argument, UriKind.Absolute)),
            ("wrong-encoding", null) => FaultActions.WrongEncodingAsync,
            ("other-object", null) => FaultActions.OtherObjectAsync,
            ("count", not null) => FaultActions.Count(argument),
            ("gzip", "blocks") => GzipFaults.Blocks,
            ("gzip", "members") => GzipFaults.Members,
            ("gzip", "comment") => GzipFaults.Comment,
            ("gzip", "cut") => GzipFaults.CutAsync,
            _ => throw new FormatException($"there is no action \"{text}\"."),
        };
    }

    private static void ReadConditions(string text, ref FaultRule rule, ref Func<DateTimeOffset, string>? retryAfter)
    {
        while (text.Length > 0)
        {
            (string word, string? rest) = Pair(text, ',');
            (string name, string? value) = Pair(word, '=');
            switch (name)
            {
                case "first":
                    rule = rule with { LastRequest = value is null ? 1 : Quantity.Whole(value) };
                    break;
                case "nth":
                    rule = rule with { FirstRequest = Quantity.Whole(value), LastRequest = Quantity.Whole(value) };
                    break;
                case "from":
                    rule = rule with { FirstRequest = Quantity.Whole(value) };
                    break;
                case "max":
                    rule = rule with { Limit = Quantity.Whole(value) };
                    break;
                case "seed":
                    rule = rule with { Seed = Quantity.Whole(value) };
                    break;
                case "retry-after" when value?.StartsWith("date+", StringComparison.Ordinal) == true:
                    int seconds = Quantity.Whole(value["date+".Length..]);
                    retryAfter = now => now.AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture);
                    break;
                case "retry-after":
                    string delay = Quantity.Whole(value).ToString(CultureInfo.InvariantCulture);
                    retryAfter = _ => delay;
                    break;
                case var _ when double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share):
                    rule = rule with { Share = share };
                    break;
                default:
                    // URLs may hold commas: what is no condition is the indicator, up to the end.
                    rule = rule with { Indicator = text };
                    return;
            }

            text = rest ?? "";
        }
    }

    private static (string Left, string? Right) Pair(string text, char separator) =>
        text.Split(separator, 2) is [{ } left, { } right] ? (left, right) : (text, null);

    private static int StatusOr200(string? text) => text is null ? 200 : Valid(Quantity.Whole(text));

    private static int Valid(int status) =>
        status is >= 200 and <= 599 ? status : throw new FormatException($"{status} is not an HTTP status from 200 to 599.");
}
