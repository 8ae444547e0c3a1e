namespace IocEnrich.PowerShell.Input;

/// <summary>
/// Reads hashes that say of themselves what they are, as Sysmon writes them: <c>MD5=…,SHA256=…,IMPHASH=…</c>. They are of one file, and
/// its strongest hash stands for it. What is no hash of a file, such as IMPHASH, is never taken for one.
/// </summary>
internal static class LabelledHashes
{
    private static readonly string[] Strengths = ["md5", "sha1", "sha256"];

    /// <summary>Reads a text that is made of several labelled hashes and nothing else.</summary>
    /// <param name="into">Where the hashes go: none, where only others than those of a file are there.</param>
    /// <returns><see langword="false"/> if the text is something else.</returns>
    internal static bool TryRead(ReadOnlySpan<char> text, List<IndicatorText> into)
    {
        int sign = text[..Math.Min(text.Length, 16)].IndexOfAny('=', ':');
        if (sign < 2 || !IsLabel(text[..sign]))
        {
            return false;
        }

        string[] parts = text.ToString().Split([',', ';', '|', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
        {
            // One hash with a label is an indicator as it stands.
            return false;
        }

        int strongest = -1;
        List<Indicator> best = [];
        foreach (string part in parts)
        {
            int end = part.AsSpan().IndexOfAny('=', ':');
            if (end < 2 || end == part.Length - 1 || !IsLabel(part.AsSpan(0, end)) || !IsHex(part.AsSpan(end + 1)))
            {
                return false;
            }

            int strength = Array.IndexOf(Strengths, ColumnName.Normalise(part[..end]));
            if (strength < 0 || !IndicatorParser.TryParse(part[(end + 1)..], out Indicator? indicator))
            {
                continue;
            }

            if (strength > strongest)
            {
                strongest = strength;
                best.Clear();
            }

            if (strength == strongest)
            {
                best.Add(indicator);
            }
        }

        best.ForEach(hash => into.Add(new IndicatorText(hash.Value, hash)));
        return true;
    }

    /// <summary>Whether a name is that of a hash of something else than a whole file: then what looks like an MD5 is none.</summary>
    internal static bool IsOfNoFile(string name)
    {
        ReadOnlySpan<char> rest = name;
        while (!rest.IsEmpty)
        {
            int end = 0;
            while (end < rest.Length && char.IsLetterOrDigit(rest[end]))
            {
                end++;
            }

            if (end > 0 && HashLabels.IsOther(rest[..end]))
            {
                return true;
            }

            rest = rest[Math.Min(end + 1, rest.Length)..];
        }

        return false;
    }

    private static bool IsLabel(ReadOnlySpan<char> text)
    {
        string name = ColumnName.Normalise(text.ToString());
        return name is "md5" or "sha1" or "sha256" or "sha512" or "sha384" or "sha224" or "imphash" or "authentihash" or "pehash" or "ssdeep" or "tlsh" or "crc32" or "vhash";
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
