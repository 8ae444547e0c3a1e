using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Faults;
using VirusTotal.Emulator.Faults.Actions;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator;

/// <summary>What happens to a request that a <see cref="FaultRule"/> applies to. Made by the members of this class.</summary>
public abstract record FaultAction
{
    private protected FaultAction()
    {
    }

    /// <summary>Status 200 and JSON that is no report: <c>{"unexpected":true}</c>.</summary>
    public static FaultAction WrongJson { get; } = Body(200, "{\"unexpected\":true}", Answer.Json);

    /// <summary>The report, uncompressed, under a <c>Content-Encoding: gzip</c> header.</summary>
    public static FaultAction WrongEncoding { get; } = new WrongEncodingFault();

    /// <summary>An error of the API. Like all errors it is not compressed, whatever the client asked for.</summary>
    /// <param name="code">The HTTP status, 200 to 599.</param>
    /// <param name="errorCode">The error code in the body; the usual one of the status where it is <see langword="null"/>.</param>
    /// <param name="message">The message in the body; the usual one where it is <see langword="null"/>.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header, where there is to be one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is out of range.</exception>
    public static FaultAction Status(int code, string? errorCode = null, string? message = null, RetryAfter? retryAfter = null)
    {
        ThrowIfNoStatus(code);
        ApiError usual = ApiError.OfStatus(code);
        ApiError error = new(code, errorCode ?? usual.Code, message ?? usual.Message);
        return new AnswerFault(ErrorBody.Of(error), retryAfter);
    }

    /// <summary>Any answer, uncompressed.</summary>
    /// <param name="status">The HTTP status, 200 to 599.</param>
    /// <param name="body">The body, sent in UTF-8.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header, where there is to be one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is out of range.</exception>
    public static FaultAction Body(int status, string body, string contentType, RetryAfter? retryAfter = null)
    {
        ThrowIfNoStatus(status);
        return new AnswerFault(new Answer(status, System.Text.Encoding.UTF8.GetBytes(body), IsGzip: false, contentType), retryAfter);
    }

    /// <summary>A page for people, as proxies and portals send in the place of an answer.</summary>
    /// <param name="status">The HTTP status, 200 to 599.</param>
    public static FaultAction HtmlPage(int status = 200) => Body(
        status,
        "<!DOCTYPE html><html><head><title>One moment</title></head><body><h1>The service is busy.</h1></body></html>",
        "text/html; charset=utf-8");

    /// <summary>A body of no bytes.</summary>
    /// <param name="status">The HTTP status, 200 to 599.</param>
    public static FaultAction EmptyBody(int status = 200) => Body(status, "", Answer.Json);

    /// <summary>The connection is reset (RST).</summary>
    /// <param name="point">How far the answer comes before that.</param>
    public static FaultAction Reset(ResetPoint point = ResetPoint.BeforeHeaders) => new ResetFault(point);

    /// <summary>The body comes one byte at a time.</summary>
    /// <param name="interval">The time between two bytes, longer than zero.</param>
    public static FaultAction Drip(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return new DripFault(interval);
    }

    /// <summary>Nothing comes, not even headers.</summary>
    /// <param name="duration">After that time the answer comes all the same; <see langword="null"/> for never.</param>
    public static FaultAction Stall(TimeSpan? duration = null) => new StallFault(duration);

    /// <summary>The connection is closed in order (FIN) in the middle of the body.</summary>
    /// <param name="chunked">Whether the body comes in chunks and lacks the last; else it is shorter than announced.</param>
    public static FaultAction Truncate(bool chunked = false) => new TruncateFault(chunked);

    /// <summary>Status 200 and well-formed JSON that is far too large.</summary>
    /// <param name="bytes">The size of the body, from 32 bytes; it is streamed.</param>
    public static FaultAction HugeBody(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, HugeBodyFault.Smallest);
        return new HugeBodyFault(bytes);
    }

    /// <summary>Status 302 to another place.</summary>
    public static FaultAction Redirect(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return new RedirectFault(location);
    }

    /// <summary>Does it.</summary>
    /// <returns>The status that was sent, 0 where none was; <see langword="null"/> where the right answer is still to come.</returns>
    internal abstract Task<int?> ApplyAsync(FaultyExchange exchange);

    private static void ThrowIfNoStatus(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
    }
}
