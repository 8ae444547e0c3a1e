namespace VirusTotal.Emulator.Answers;

/// <summary>The hashes of one file, in lower-case hexadecimal.</summary>
internal sealed record FileHashes(string Md5, string Sha1, string Sha256)
{
    /// <summary>The hash that was asked for, and two that go with it.</summary>
    public static FileHashes Of(string hash)
    {
        if (WellKnown.FileOf(hash) is { } known)
        {
            return known;
        }

        SeededRandom random = SeededRandom.For("hashes", hash);
        FileHashes drawn = new(random.Hex(32), random.Hex(40), random.Hex(64));
        return hash.Length switch
        {
            32 => drawn with { Md5 = hash },
            40 => drawn with { Sha1 = hash },
            _ => drawn with { Sha256 = hash },
        };
    }
}
