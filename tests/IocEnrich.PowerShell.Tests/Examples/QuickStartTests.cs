using IocEnrich.PowerShell.Tests.Packaging;

namespace IocEnrich.PowerShell.Tests.Examples;

/// <summary>The first command of the README.</summary>
public sealed class QuickStartTests
{
    [Fact]
    public async Task It_prints_a_line_for_each_indicator_and_the_job_and_leaves_no_emulator_behind()
    {
        string output = await DotnetCommand.RunAsync("run", "--no-build", "--configuration", BuildPlaces.Get("Configuration"), "--project", "tools/QuickStart");

        string[] lines = [.. output.ReplaceLineEndings("\n").Split('\n').Select(static line => line.Trim())];
        Assert.Equal(24, lines.Count(static line => line.Contains(" Malicious ", StringComparison.Ordinal)
            || line.Contains(" Harmless ", StringComparison.Ordinal) || line.Contains(" Undetected ", StringComparison.Ordinal)
            || line.Contains(" Unknown ", StringComparison.Ordinal) || line.Contains(" Skipped ", StringComparison.Ordinal)));
        Assert.Contains(lines, static line => line.Contains("Completed", StringComparison.Ordinal) && line.Contains("24 of 24", StringComparison.Ordinal));
    }
}
