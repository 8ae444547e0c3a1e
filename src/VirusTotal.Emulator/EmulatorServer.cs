using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using VirusTotal.Emulator.Http;
using VirusTotal.Emulator.Log;
using ConfigOptions = Microsoft.Extensions.Options.Options;

namespace VirusTotal.Emulator;

/// <summary>VirusTotal v3 on a loopback port. Starts in milliseconds; any number may run side by side.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private const int LongestRequestLine = 64 * 1024;

    private readonly KestrelServer _kestrel;
    private readonly RequestGate _gate = new();
    private int _disposed;

    private EmulatorServer(EmulatorOptions options)
    {
        Answers = new AnswerBook(options.Known);
        Faults = new FaultPlan(options.Faults);
        Requests = new RequestLog(options.TimeProvider, options.MaxLoggedRequests);
        _kestrel = CreateKestrel(options);
        Endpoint = new Uri("http://localhost");
    }

    /// <summary>The base of all requests, such as <c>http://127.0.0.1:41234/api/v3</c>, without a slash at its end.</summary>
    public Uri Endpoint { get; private set; }

    /// <summary>What it answers.</summary>
    public AnswerBook Answers { get; }

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; }

    /// <summary>What it was asked.</summary>
    public RequestLog Requests { get; }

    /// <summary>Starts a server. It answers when the task is done.</summary>
    /// <param name="options">How it behaves; the defaults answer any key at once.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or its address is not a loopback one.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        options.Validate();
        EmulatorServer server = new(options);
        try
        {
            await server.ListenAsync(options, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Makes requests wait, once they are logged, until the returned value is disposed: so tests have requests really in flight. Of
    /// several holds the last one to be disposed lets them go on.
    /// </summary>
    public IDisposable Hold() => _gate.Hold();

    /// <summary>Stops at once; requests that are under way are reset.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            // A token that is already cancelled makes Kestrel close connections without waiting for what is under way.
            await _kestrel.StopAsync(new CancellationToken(canceled: true));
            _kestrel.Dispose();
        }
    }

    private async Task ListenAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        ApiHandler handler = new(options, Answers, Faults, Requests, _gate, new ControlEndpoints(Faults, Requests));
        await _kestrel.StartAsync(new HandlerApplication(handler), cancellationToken);
        Endpoint = new Uri($"{_kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()}/api/v3");
    }

    private static KestrelServer CreateKestrel(EmulatorOptions options)
    {
        KestrelServerOptions kestrel = new() { AddServerHeader = false, AllowSynchronousIO = false };
        kestrel.Limits.MaxRequestLineSize = LongestRequestLine;

        // A fault may drip one byte a minute.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(new IPEndPoint(options.Address, options.Port), static listen => listen.Protocols = HttpProtocols.Http1);
        SocketTransportFactory transport = new(ConfigOptions.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return new KestrelServer(ConfigOptions.Create(kestrel), transport, NullLoggerFactory.Instance);
    }
}
