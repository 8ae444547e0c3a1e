using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>A request, as far as it matters.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Connection">The number of its connection, from 0.</param>
/// <param name="Number">Its number on that connection, from 0.</param>
internal sealed record RawRequest(string Path, int Connection, int Number)
{
    internal string Id => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>What is written in the place of an answer: any bytes, in pieces, for as long as the client reads.</summary>
/// <param name="Pieces">The bytes.</param>
/// <param name="Closes">Whether the connection is closed after them.</param>
internal sealed record RawAnswer(IEnumerable<ReadOnlyMemory<byte>> Pieces, bool Closes = false)
{
    /// <summary>A well-formed response.</summary>
    internal static RawAnswer Of(int status, string headers, ReadOnlySpan<byte> body) => new([Bytes(status, headers, body)]);

    /// <summary>The bytes of a well-formed response.</summary>
    /// <param name="status">The status.</param>
    /// <param name="headers">More headers, each with a line break behind it.</param>
    /// <param name="body">The body.</param>
    internal static byte[] Bytes(int status, string headers, ReadOnlySpan<byte> body) =>
        [.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status} Any\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), .. body];
}

/// <summary>A server that writes whatever a test wants, over real sockets: what no well-behaved HTTP server can be made to send.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<RawRequest, RawAnswer> _answer;
    private readonly Task _accepting;
    private int _connections;

    internal RawServer(Func<RawRequest, RawAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/api/v3");

    /// <summary>All requests so far.</summary>
    internal ConcurrentQueue<RawRequest> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                int number = _connections++;
                serving.RemoveAll(static task => task.IsCompleted);
                serving.Add(Task.Run(() => ServeAsync(client, number)));
            }
        }
        catch (Exception exception) when (_end.IsCancellationRequested && exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended: the wait was cancelled, or the listener stopped first.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        using TcpClient owned = client;
        client.NoDelay = true;
        try
        {
            NetworkStream stream = client.GetStream();
            byte[] buffer = new byte[16 * 1024];
            for (int number = 0; ; number++)
            {
                if (await ReadPathAsync(stream, buffer) is not { } path)
                {
                    return;
                }

                RawRequest request = new(path, connection, number);
                Requests.Enqueue(request);
                RawAnswer answer = _answer(request);
                foreach (ReadOnlyMemory<byte> piece in answer.Pieces)
                {
                    await stream.WriteAsync(piece, _end.Token);
                }

                if (answer.Closes)
                {
                    client.Client.Shutdown(SocketShutdown.Send);
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The client has gone, or the test has ended: both are what tests are about.
        }
    }

    private async Task<string?> ReadPathAsync(NetworkStream stream, byte[] buffer)
    {
        int length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), _end.Token);
            if (read == 0)
            {
                return null;
            }

            length += read;
        }

        return Encoding.ASCII.GetString(buffer, 0, length).Split(' ', 3)[1];
    }
}
