using System.Globalization;

namespace VirusTotal.Emulator.Faults;

/// <summary>The compact form of rules: <c>ACTION[@CONDITION,CONDITION,…]</c>.</summary>
public static class FaultText
{
    /// <summary>All of the form, for people.</summary>
    public const string Help =
        """
        A fault is ACTION[@CONDITION,CONDITION,...]. The first fault that applies to a request happens to it.

        Actions:
          503, 429, 500, ...          that status, with the error body of the API
          429:NAME                    the same, with another error code in the body
          reset                       reset the connection before the headers
          reset:headers               ... in the middle of the headers
          reset:after-headers         ... after the headers
          reset:body                  ... in the middle of the body
          stall, stall:5s             send nothing, for ever or for that time (then the answer)
          drip:200ms                  send the body one byte at a time
          truncate, truncate:chunked  close the connection in the middle of the body
          wrong-json                  200 and {"unexpected":true}
          html, html:503              a page of HTML, with 200 or that status
          empty, empty:500            no body, with 200 or that status
          huge:500MB                  a body of that size (B, KB, MB, GB)
          redirect:URL                302 to that place
          wrong-encoding              an uncompressed body said to be gzip
          other-object                the report on another object of the same type
          count:VALUE                 the report with that (JSON) as its count of malicious engines
          gzip:blocks, gzip:members   1 GB of gzip that decompresses to nothing
          gzip:comment                ... that is the comment in its header
          gzip:cut                    the report, compressed, without the end of the compression

        Conditions:
          0.1                         about that share of the requests (0.0 to 1.0)
          first, first=2              only the first (two) requests of each indicator
          nth=2                       only the second request of each indicator
          from=3                      only the third request of each indicator, and all later ones
          max=5                       only five times in all
          seed=7                      choose another share of the requests
          retry-after=30              send Retry-After: 30 (with a status)
          retry-after=date+30         send Retry-After as a date 30 seconds from now
          INDICATOR                   only this indicator; * stands for any text, and account for
                                      a question about the quota. Must come last.

        Examples: 503@0.1   reset@evil.example.com   429@first,retry-after=2   drip:200ms@*.example.net
        """;

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">The text is no rule; the message says why.</exception>
    public static FaultRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // Only conditions may hold a further @: an action has none, save a redirect's URL with a user name, which no test needs.
        int at = text.IndexOf('@', StringComparison.Ordinal);
        string action = at < 0 ? text : text[..at];
        try
        {
            // One condition, Retry-After, belongs to the action: conditions are read first, onto a rule whose action is still to come.
            (FaultRule conditions, RetryAfter? retryAfter) = Conditions(at < 0 ? "" : text[(at + 1)..]);
            FaultRule rule = conditions with { Action = FaultActionText.Parse(action, retryAfter) };
            rule.Validate();
            return rule;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or System.Text.Json.JsonException)
        {
            throw new FormatException($"\"{text}\" is no fault: {exception.Message}", exception);
        }
    }

    private static (FaultRule Rule, RetryAfter? RetryAfter) Conditions(string text)
    {
        FaultRule rule = new(FaultAction.WrongJson);
        RetryAfter? retryAfter = null;
        while (text.Length > 0)
        {
            int comma = text.IndexOf(',', StringComparison.Ordinal);
            string word = comma < 0 ? text : text[..comma];
            (string name, string? value) = word.Split('=', 2) is [string left, string right] ? (left, right) : (word, null);
            switch (name)
            {
                case "first":
                    rule = rule with { LastRequest = value is null ? 1 : Whole(value) };
                    break;
                case "nth":
                    rule = rule with { FirstRequest = Whole(value), LastRequest = Whole(value) };
                    break;
                case "from":
                    rule = rule with { FirstRequest = Whole(value) };
                    break;
                case "max":
                    rule = rule with { Limit = Whole(value) };
                    break;
                case "seed":
                    rule = rule with { Seed = Whole(value) };
                    break;
                case "retry-after":
                    retryAfter = ReadRetryAfter(value);
                    break;
                default:
                    if (double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share))
                    {
                        rule = rule with { Share = share };
                        break;
                    }

                    // URLs may hold commas: what is no condition is the indicator, up to the end.
                    return (rule with { Indicator = text }, retryAfter);
            }

            text = comma < 0 ? "" : text[(comma + 1)..];
        }

        return (rule, retryAfter);
    }

    private static RetryAfter ReadRetryAfter(string? value)
    {
        const string Date = "date+";
        return value?.StartsWith(Date, StringComparison.Ordinal) == true
            ? new RetryAfter(TimeSpan.FromSeconds(Whole(value[Date.Length..])), AsDate: true)
            : new RetryAfter(TimeSpan.FromSeconds(Whole(value)));
    }

    private static int Whole(string? value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"\"{value}\" is not a whole number.");
}
