using System.Collections.Frozen;

namespace VirusTotal.Emulator.Answers;

/// <summary>Indicators everybody knows get the answer everybody expects, so that a first try tells something.</summary>
internal static class WellKnown
{
    /// <summary>The three hashes of the 68 bytes of the EICAR test file.</summary>
    public static readonly FileHashes Eicar = new(
        "44d88612fea8a8f36de82e1278abb02f",
        "3395856ce81f2b7382dee72602f798b642f14140",
        "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f");

    /// <summary>The three hashes of no bytes at all.</summary>
    public static readonly FileHashes EmptyFile = new(
        "d41d8cd98f00b204e9800998ecf8427e",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private static readonly FrozenDictionary<string, EmulatedVerdict> Verdicts = TemplateValues.Strings("well_known")
        .Select(static indicator => KeyValuePair.Create(indicator, EmulatedVerdict.Harmless))
        .Concat(File(Eicar, EmulatedVerdict.Malicious(58)))
        .Concat(File(EmptyFile, EmulatedVerdict.Undetected))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Indicators => Verdicts.Keys;

    public static EmulatedVerdict? Verdict(string indicator) => Verdicts.GetValueOrDefault(indicator);

    /// <summary>The one indicator that stands for a well-known object, whichever of its hashes was asked for.</summary>
    public static string SameObject(string indicator) => FileOf(indicator)?.Sha256 ?? indicator;

    /// <summary>The well-known file with that hash.</summary>
    public static FileHashes? FileOf(string hash) => IsOf(Eicar, hash) ? Eicar : IsOf(EmptyFile, hash) ? EmptyFile : null;

    private static bool IsOf(FileHashes file, string hash) => hash == file.Md5 || hash == file.Sha1 || hash == file.Sha256;

    private static IEnumerable<KeyValuePair<string, EmulatedVerdict>> File(FileHashes file, EmulatedVerdict verdict) =>
        [new(file.Md5, verdict), new(file.Sha1, verdict), new(file.Sha256, verdict)];
}
