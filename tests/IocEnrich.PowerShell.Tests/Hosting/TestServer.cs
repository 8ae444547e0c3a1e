using System.Collections.Concurrent;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>Starts emulators at addresses that no other test of this run has had.</summary>
/// <remarks>
/// The tests share a store, whose answers belong to an endpoint, and the system gives a port again soon after it was closed: a test would
/// then find the answers of another one in the store.
/// </remarks>
internal static class TestServer
{
    private static readonly ConcurrentDictionary<int, bool> Used = new();

    internal static async Task<EmulatorServer> StartAsync(EmulatorOptions? options = null)
    {
        List<EmulatorServer> rejected = [];
        try
        {
            while (true)
            {
                EmulatorServer server = await EmulatorServer.StartAsync(options);
                if (Used.TryAdd(server.Endpoint.Port, true))
                {
                    return server;
                }

                // It is kept open until there is another one, so that the system cannot give this port once more.
                rejected.Add(server);
            }
        }
        finally
        {
            foreach (EmulatorServer server in rejected)
            {
                await server.DisposeAsync();
            }
        }
    }
}
