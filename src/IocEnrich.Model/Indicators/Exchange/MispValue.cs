namespace IocEnrich;

/// <summary>
/// Reads the value of a MISP attribute by its type (MISP standard format, section 2.4.3): a value of several parts is taken apart, and
/// what looks like an indicator but is none (<c>invoice.zip</c> of the type <c>filename</c>) is told.
/// </summary>
public static class MispValue
{
    private const char Separator = '|';

    // Of the parts of a composite type, those that can be indicators.
    private static readonly HashSet<string> IndicatorParts = new(StringComparer.OrdinalIgnoreCase)
    {
        "md5", "sha1", "sha256", "ip", "ip-src", "ip-dst", "domain", "hostname", "url", "email",
    };

    // Types whose values often look like a name, a URL or a hash, and mean something else.
    private static readonly HashSet<string> NoIndicators = new(StringComparer.OrdinalIgnoreCase)
    {
        "filename", "attachment", "email-attachment", "pdb", "link", "text", "comment", "other", "mutex", "named pipe", "regkey",
        "user-agent", "windows-service-name", "mime-type", "filename-pattern", "jabber-id", "github-username", "target-user",
        "imphash", "impfuzzy", "pehash", "authentihash", "vhash", "ssdeep", "tlsh", "telfhash", "cdhash", "sha3-224", "sha3-256", "sha3-384", "sha3-512",
        "x509-fingerprint-md5", "x509-fingerprint-sha1", "x509-fingerprint-sha256", "ssh-fingerprint", "jarm-fingerprint", "ja3-fingerprint-md5",
        "ja3s-fingerprint-md5", "ja4-plus", "hassh-md5", "hasshserver-md5", "favicon-mmh3", "dom-hash", "git-commit-id", "weakness",
    };

    /// <summary>The indicators in a value.</summary>
    /// <param name="type">The attribute's type, such as <c>filename|sha256</c>.</param>
    /// <param name="value">Its value, such as <c>invoice.exe|275a…</c>.</param>
    /// <param name="indicators">The parts that can be indicators; none if the type is one that holds none.</param>
    /// <returns><see langword="false"/> if the type says nothing special: the value is to be read as any other text.</returns>
    /// <exception cref="ArgumentNullException">The type or the value is <c>null</c>.</exception>
    public static bool TryRead(string type, string value, out IReadOnlyList<string> indicators)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(value);
        indicators = [];
        if (NoIndicators.Contains(type))
        {
            return true;
        }

        string[] types = type.Equals("malware-sample", StringComparison.OrdinalIgnoreCase) ? ["filename", "md5"] : type.Split(Separator);
        string[] parts = value.Split(Separator);
        if (types.Length < 2 || parts.Length != types.Length)
        {
            return false;
        }

        indicators = [.. parts.Where((_, index) => IndicatorParts.Contains(types[index]))];
        return true;
    }
}
