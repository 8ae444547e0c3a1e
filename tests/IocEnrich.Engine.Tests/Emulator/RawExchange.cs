using System.Net.Sockets;
using System.Text;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

/// <summary>What came over the wire for one request, byte by byte.</summary>
/// <param name="Bytes">What was received.</param>
/// <param name="WasReset">Whether the connection ended with RST rather than with FIN.</param>
internal sealed record RawExchange(byte[] Bytes, bool WasReset)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>What follows the empty line that ends the headers.</summary>
    public string Body => Text[(Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    public int AnnouncedLength => int.Parse(
        Text.Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))["Content-Length: ".Length..],
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Asks for one path and reads until the connection ends.</summary>
    public static async Task<RawExchange> SendAsync(EmulatorServer server, string path)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Endpoint.Host, server.Endpoint.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/v3/{path} HTTP/1.1\r\nHost: localhost\r\nx-apikey: k\r\n\r\n"));
        using MemoryStream received = new();
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer)) > 0)
            {
                received.Write(buffer, 0, count);
            }

            return new RawExchange(received.ToArray(), WasReset: false);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return new RawExchange(received.ToArray(), WasReset: true);
        }
    }
}
