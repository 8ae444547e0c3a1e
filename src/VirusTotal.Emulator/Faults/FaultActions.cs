using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Faults;

/// <summary>Does what a fault does to a request.</summary>
/// <returns>The status that was sent, 0 where none was; <see langword="null"/> if the right answer is still to come.</returns>
internal delegate Task<int?> FaultAction(FaultyExchange exchange);

/// <summary>The actions that <c>Help.txt</c> lists.</summary>
internal static class FaultActions
{
    private const int SmallestBody = 32;
    private const string Stranger = "stranger.example.org";

    private static readonly byte[] Filling = [.. Enumerable.Repeat((byte)'a', 64 * 1024)];

    /// <summary>An error of the API. Like all errors it is not compressed, whatever the client asked for.</summary>
    public static FaultAction Status(int status, string? code, Func<DateTimeOffset, string>? retryAfter) => async exchange =>
    {
        if (retryAfter is not null)
        {
            exchange.Context.Response.Headers.RetryAfter = retryAfter(exchange.Time.GetUtcNow());
        }

        ApiError usual = ApiError.OfStatus(status);
        return await exchange.SendAsync((usual with { Code = code ?? usual.Code }).ToAnswer());
    };

    /// <summary>Any answer, uncompressed.</summary>
    public static FaultAction Body(int status, string body, string contentType = Answer.Json) =>
        exchange => exchange.SendAsync(new Answer(status, Encoding.UTF8.GetBytes(body), IsGzip: false, contentType));

    /// <summary>A page for people, as proxies and portals send in the place of an answer.</summary>
    public static FaultAction HtmlPage(int status) => Body(
        status,
        "<!DOCTYPE html><html><head><title>One moment</title></head><body><h1>The service is busy.</h1></body></html>",
        "text/html; charset=utf-8");

    /// <summary>The connection is reset (RST) after some share of the headers and of the body.</summary>
    public static FaultAction Reset(double headers = 0, double body = 0) => async exchange =>
    {
        byte[] head = exchange.Head();
        ReadOnlyMemory<byte> answer = exchange.Answer.Body;
        await exchange.SendRawAsync(
            (byte[])[.. head.AsSpan(0, (int)(head.Length * headers)), .. answer.Span[..(int)(answer.Length * body)]]);
        exchange.Reset();
        return 0;
    };

    /// <summary>The body comes one byte at a time.</summary>
    public static FaultAction Drip(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return async exchange =>
        {
            AnswerSender.SetHead(exchange.Context.Response, exchange.Answer);
            for (int i = 0; i < exchange.Answer.Body.Length; i++)
            {
                await AnswerSender.WriteAsync(exchange.Context, exchange.Answer.Body.Slice(i, 1));
                await Task.Delay(interval, exchange.Time, exchange.Aborted);
            }

            return exchange.Answer.Status;
        };
    }

    /// <summary>Nothing comes, not even headers; after that time the answer comes all the same.</summary>
    public static FaultAction Stall(TimeSpan duration) => async exchange =>
    {
        await Task.Delay(duration, exchange.Time, exchange.Aborted);
        return null;
    };

    /// <summary>The connection is closed in order (FIN) in the middle of the body, which has its length announced or comes in chunks.</summary>
    public static FaultAction Truncate(bool chunked) => async exchange =>
    {
        ReadOnlyMemory<byte> half = exchange.Answer.Body[..(exchange.Answer.Body.Length / 2)];

        // A whole chunk, and then neither another one nor the empty one that ends a body.
        string size = string.Create(CultureInfo.InvariantCulture, $"{half.Length:x}\r\n");
        byte[] body = chunked ? [.. Encoding.ASCII.GetBytes(size), .. half.Span, .. "\r\n"u8] : half.ToArray();
        await exchange.SendRawAsync((byte[])[.. exchange.Head(chunked), .. body]);
        await exchange.CloseAsync();
        return 0;
    };

    /// <summary>Status 200 and well-formed JSON that no reader should take in whole; it is streamed.</summary>
    public static FaultAction HugeBody(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, SmallestBody);
        return async exchange =>
        {
            byte[] start = [.. "{\"data\":\""u8];
            byte[] end = [.. "\"}"u8];
            exchange.Context.Response.ContentType = Answer.Json;
            exchange.Context.Response.ContentLength = bytes;
            await AnswerSender.WriteAsync(exchange.Context, start);
            for (long left = bytes - start.Length - end.Length; left > 0; left -= Filling.Length)
            {
                await AnswerSender.WriteAsync(exchange.Context, Filling.AsMemory(0, (int)Math.Min(left, Filling.Length)));
            }

            await AnswerSender.WriteAsync(exchange.Context, end);
            return StatusCodes.Status200OK;
        };
    }

    /// <summary>Sends the client elsewhere; one that goes there with its key has lost it.</summary>
    public static FaultAction Redirect(Uri location) => exchange =>
    {
        exchange.Context.Response.Headers.Location = location.OriginalString;
        return exchange.SendAsync(new Answer(StatusCodes.Status302Found, default));
    };

    /// <summary>Plain text under a header that says it is compressed.</summary>
    public static Task<int?> WrongEncodingAsync(FaultyExchange exchange)
    {
        exchange.Context.Response.Headers.ContentEncoding = "gzip";
        return exchange.SendAsync(exchange.Answer.Expanded());
    }

    /// <summary>The report on another object of the same type.</summary>
    public static Task<int?> OtherObjectAsync(FaultyExchange exchange) => SendChangedAsync(exchange, static data =>
    {
        data["id"] = (string?)data["type"] switch
        {
            "domain" => Stranger,
            "ip_address" => "198.51.100.7",
            _ => new string('0', 64),
        };
        (string, string)[] names =
            [("url", $"http://{Stranger}/"), ("sha256", new string('0', 64)), ("sha1", new string('0', 40)), ("md5", new string('0', 32))];
        JsonObject attributes = data["attributes"]!.AsObject();
        foreach ((string name, string value) in names.Where(name => attributes.ContainsKey(name.Item1)))
        {
            attributes[name] = value;
        }
    });

    /// <summary>The report with another count of malicious engines, and without what each of them says.</summary>
    /// <param name="value">The count in JSON, whatever that is: <c>null</c>, <c>55.0</c>, <c>"55"</c>.</param>
    public static FaultAction Count(string value)
    {
        // Read once here, so that a text that is no JSON is refused when the rule is made.
        JsonNode? count = JsonNode.Parse(value);
        return exchange => SendChangedAsync(exchange, data =>
        {
            JsonObject attributes = data["attributes"]!.AsObject();
            attributes.Remove("last_analysis_results");
            attributes["last_analysis_stats"]!["malicious"] = count?.DeepClone();
        });
    }

    /// <summary>The report with something in it that is not right. What is no report is answered as it is.</summary>
    private static Task<int?> SendChangedAsync(FaultyExchange exchange, Action<JsonObject> change)
    {
        Answer answer = exchange.Answer.Expanded();
        if (answer.Status == 200 && JsonNode.Parse(answer.Body.Span) is JsonObject report && report["data"] is JsonObject data)
        {
            change(data);
            return exchange.SendAsync(answer with { Body = Encoding.UTF8.GetBytes(report.ToJsonString()) });
        }

        return exchange.SendAsync(exchange.Answer);
    }
}
