using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Faults;

/// <summary>A request under a fault: the answer it would have had, and the connection beneath it.</summary>
/// <param name="answer">The answer it would have had.</param>
internal sealed class FaultyExchange(HttpContext context, Answer answer, TimeProvider time)
{
    public HttpContext Context => context;

    public Answer Answer => answer;

    public TimeProvider Time => time;

    public CancellationToken Aborted => context.RequestAborted;

    // Kestrel writes answers that are well formed. What is to be malformed goes to the socket beneath it: nothing of this answer has been
    // written when a fault begins, so the bytes cannot mix.
    private Socket Socket => context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;

    /// <summary>The status line and the headers the answer would have, with its length announced or with chunks to come.</summary>
    public byte[] Head(bool chunked = false)
    {
        string length = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {answer.Body.Length}";
        string encoding = answer.IsGzip ? "Content-Encoding: gzip\r\n" : "";
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {answer.Status} Emulated\r\nContent-Type: {answer.ContentType}\r\n{encoding}{length}\r\n\r\n");
    }

    /// <summary>Sends another answer, well formed.</summary>
    public async Task<int?> SendAsync(Answer other)
    {
        await AnswerSender.SendAsync(context, other);
        return other.Status;
    }

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlyMemory<byte> left = bytes;
        while (!left.IsEmpty)
        {
            left = left[await Socket.SendAsync(left, SocketFlags.None, Aborted)..];
        }
    }

    /// <summary>Ends the connection with RST: what the client has not read yet may be lost to it.</summary>
    public void Reset()
    {
        Socket socket = Socket;
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close(timeout: 0);
        context.Abort();
    }

    /// <summary>Ends the connection with FIN, and returns when the client has closed its side as well.</summary>
    public async Task CloseAsync()
    {
        Socket.Shutdown(SocketShutdown.Send);

        // To abort at once would send RST after the FIN, and the client might see either.
        await Task.Delay(Timeout.InfiniteTimeSpan, Aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }
}
