using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Answers;

/// <summary>Draws what the service knows about an indicator that nobody has set.</summary>
internal static class VerdictDraw
{
    /// <summary>About 15 of 100 are unknown; the others are spread as a responder's list would be.</summary>
    public static EmulatedVerdict For(LookupRequest lookup)
    {
        if (WellKnown.Verdict(lookup.Indicator) is { } known)
        {
            return known;
        }

        SeededRandom random = SeededRandom.For("verdict", lookup.Indicator);
        bool file = lookup.Kind == LookupKind.File;
        return random.Below(100) switch
        {
            < 15 => EmulatedVerdict.NotFound,
            < 45 => EmulatedVerdict.Malicious(file ? random.Between(3, 58) : random.Between(3, 18)),
            < 50 => EmulatedVerdict.Suspicious(random.Between(1, 2)),
            < 55 => EmulatedVerdict.Malicious(random.Between(1, 2)),
            < 57 => EmulatedVerdict.Detected(1, 1),
            // Reports of names and addresses lack an analysis in about a fifth of the recorded answers, those of files and URLs never.
            < 72 when lookup.Kind is LookupKind.Domain or LookupKind.IpAddress => EmulatedVerdict.NoAnalysis,
            < 94 when !file => EmulatedVerdict.Harmless,
            _ => EmulatedVerdict.Undetected,
        };
    }
}
