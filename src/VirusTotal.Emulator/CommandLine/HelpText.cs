using VirusTotal.Emulator.Faults;

namespace VirusTotal.Emulator.CommandLine;

/// <summary>What <c>--help</c> says.</summary>
internal static class HelpText
{
    public const string All =
        $"""
        VirusTotal v3 on loopback, for trying things out, for tests and for benchmarks.

        usage: dotnet run --project src/VirusTotal.Emulator -- [OPTIONS]

        Prints one line, the endpoint, when it is ready. Runs until Ctrl+C or SIGTERM.

          --port N                  the port; a free one where it is not given
          --address ADDRESS         the loopback address to listen on (127.0.0.1)
          --key KEY                 accept this key; again for more. Without it any key is accepted
          --forbidden-key KEY       answer 403 to this key; again for more
          --latency TIME            how long every answer takes: 50 (milliseconds), 50ms, 2s
          --requests-per-minute N   answer 429 beyond N requests in any 60 seconds, for each key
          --requests-per-day N      answer 429 beyond N requests in a day (UTC), for each key
          --known INDICATOR=VERDICT what is known: not-found, malicious[:ENGINES], suspicious[:ENGINES], harmless,
                                    undetected or no-analysis; again for more
          --fault FAULT             what goes wrong; again for more
          --parent PID              end when this process has ended
          --exit-with-stdin         end when the standard input is closed
          --help                    this text

        {FaultText.Help}

        While it runs, without a key, beside /api/v3:
          GET, DELETE        /emulator/requests  what was asked (counts); forget it
          GET, POST, DELETE  /emulator/faults    how many; put others in their place, as in ["503@0.1"]; take all away
        """;
}
