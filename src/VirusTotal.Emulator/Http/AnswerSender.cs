using System.IO.Pipelines;
using VirusTotal.Emulator.Answers;

namespace VirusTotal.Emulator.Http;

/// <summary>Sends answers that are well formed.</summary>
internal static class AnswerSender
{
    /// <exception cref="IOException">The client has gone.</exception>
    public static Task SendAsync(HttpContext context, Answer answer)
    {
        SetHead(context.Response, answer);
        return WriteAsync(context, answer.Body);
    }

    public static void SetHead(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (answer.IsGzip)
        {
            response.Headers.ContentEncoding = "gzip";
        }
    }

    /// <exception cref="IOException">The client has gone.</exception>
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        FlushResult result = await context.Response.BodyWriter.WriteAsync(bytes, CancellationToken.None);
        if (result.IsCompleted)
        {
            // Kestrel does not throw when it writes to a connection that has gone: it says that nobody reads any more.
            throw new IOException("The client has closed the connection.");
        }
    }
}
