using VirusTotal.Emulator.CommandLine;

return await EmulatorProgram.RunAsync(args, Console.OpenStandardInput(), Console.Out, Console.Error, CancellationToken.None);
