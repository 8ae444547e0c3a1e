using VirusTotal.Emulator;

await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { Port = 8080 });
Console.WriteLine(server.Endpoint);
await Task.Delay(Timeout.Infinite);
