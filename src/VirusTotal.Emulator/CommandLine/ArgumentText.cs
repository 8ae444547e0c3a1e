using System.Globalization;
using System.Net;
using VirusTotal.Emulator.Faults;

namespace VirusTotal.Emulator.CommandLine;

/// <summary>Reads the values of options. What cannot be read is a <see cref="FormatException"/> that names the option.</summary>
internal static class ArgumentText
{
    public static int Whole(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"The value \"{text}\" of {option} is not a whole number.");

    public static IPAddress Address(string option, string text) => IPAddress.TryParse(text, out IPAddress? address)
        ? address
        : throw new FormatException($"The value \"{text}\" of {option} is not an IP address.");

    public static TimeSpan Duration(string option, string text) => Read(option, () => DurationText.Parse(text));

    public static FaultRule Fault(string option, string text) => Read(option, () => FaultRule.Parse(text));

    /// <summary>What was known, and one more: <c>INDICATOR=VERDICT</c>, divided at the last sign as URLs may hold others.</summary>
    public static IReadOnlyDictionary<string, EmulatedVerdict> Known(
        string option, string text, IReadOnlyDictionary<string, EmulatedVerdict> known)
    {
        int sign = text.LastIndexOf('=');
        if (sign < 1)
        {
            throw new FormatException($"The value \"{text}\" of {option} is not of the form INDICATOR=VERDICT.");
        }

        return new Dictionary<string, EmulatedVerdict>(known) { [text[..sign]] = Verdict(option, text[(sign + 1)..]) };
    }

    private static EmulatedVerdict Verdict(string option, string text)
    {
        (string name, int? engines) = text.Split(':', 2) is [string left, string right] ? (left, Whole(option, right)) : (text, (int?)null);
        return Read(option, () => (name, engines) switch
        {
            ("not-found", null) => EmulatedVerdict.NotFound,
            ("harmless", null) => EmulatedVerdict.Harmless,
            ("undetected", null) => EmulatedVerdict.Undetected,
            ("no-analysis", null) => EmulatedVerdict.NoAnalysis,
            ("malicious", _) => engines is { } number ? EmulatedVerdict.Malicious(number) : EmulatedVerdict.Malicious(),
            ("suspicious", _) => engines is { } number ? EmulatedVerdict.Suspicious(number) : EmulatedVerdict.Suspicious(),
            _ => throw new FormatException($"\"{text}\" is no verdict."),
        });
    }

    private static T Read<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new FormatException($"The value of {option} cannot be used: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
