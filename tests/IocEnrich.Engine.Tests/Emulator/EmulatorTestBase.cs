using System.Diagnostics.CodeAnalysis;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

/// <summary>One emulator and one client for each test.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes through IAsyncLifetime.")]
public abstract class EmulatorTestBase : IAsyncLifetime
{
    private readonly EmulatorOptions _options;
    private EmulatorServer? _server;
    private EmulatorClient? _client;

    protected EmulatorTestBase(EmulatorOptions? options = null) => _options = options ?? new EmulatorOptions();

    protected EmulatorServer Server => _server ?? throw new InvalidOperationException("The server has not been started.");

    private protected EmulatorClient Client => _client ?? throw new InvalidOperationException("The server has not been started.");

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(_options);
        _client = new EmulatorClient(_server);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
