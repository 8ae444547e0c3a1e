using VirusTotal.Emulator.Answers;

namespace VirusTotal.Emulator.Http;

/// <summary>Sends answers that are well formed.</summary>
internal static class AnswerSender
{
    public static Task SendAsync(HttpContext context, Answer answer)
    {
        SetHead(context.Response, answer);
        ValueTask<System.IO.Pipelines.FlushResult> sending = context.Response.BodyWriter.WriteAsync(answer.Body);
        return sending.IsCompletedSuccessfully ? Task.CompletedTask : sending.AsTask();
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
}
