namespace IocEnrich;

/// <summary>
/// What a label says a hash is of. Fingerprints of imports, certificates, handshakes and icons have the length of file hashes, and
/// VirusTotal knows no file by them.
/// </summary>
internal static class HashLabels
{
    // Words of a label, in small letters: of "tls.client.ja3_hash" each part is one.
    private static readonly WordSet Others = new(
        "imphash", "imphashes", "impfuzzy", "pehash", "richpe", "authentihash", "authenticode", "vhash", "telfhash", "symhash", "dhash", "phash",
        "cdhash", "machoc", "richhash", "ja3", "ja3s", "ja3n", "ja4", "ja4s", "ja4h", "jarm", "hassh", "hasshserver", "thumbprint", "fingerprint",
        "thumbprints", "fingerprints", "serial", "serialnumber", "sha3", "sha512", "sha384", "sha224", "keccak", "tlsh", "ssdeep", "sdhash", "nilsimsa",
        "ripemd", "ripemd160", "blake2", "blake2b", "blake2s", "blake3", "whirlpool", "md4", "ntlm", "nthash", "lmhash", "uuid", "guid", "boundary",
        "etag", "favicon", "ski", "aki", "spki", "commit", "btih", "infohash", "nonce", "hmac", "rich");

    // Where these stand beside another word, the other one decides: "JA3 hash", "certificate SHA1".
    private static readonly WordSet Certificates = new("certificate", "cert", "certs", "x509", "signer", "issuer");

    // What names the kind of a digest, and not what it is of.
    private static readonly WordSet Neutral = new(
        "hash", "hashes", "md5", "sha1", "sha256", "sha", "1", "256", "value", "digest", "header", "the", "of", "is", "number", "id", "string",
        "key", "identifier", "data", "md5sum", "server", "client", "checksum", "hex");

    /// <summary>Whether the word of a label says that the hash is not one of a file.</summary>
    public static bool IsOther(ReadOnlySpan<char> word) => Others.Contains(word) || EndsWithOther(word);

    /// <summary>Whether the word speaks of a certificate.</summary>
    public static bool IsCertificate(ReadOnlySpan<char> word) => Certificates.Contains(word);

    /// <summary>Whether the word says nothing about what the hash is of.</summary>
    public static bool IsNeutral(ReadOnlySpan<char> word) => Neutral.Contains(word);

    // "certThumbprint", "PeImphash"
    private static bool EndsWithOther(ReadOnlySpan<char> word) =>
        word.EndsWith("imphash", StringComparison.OrdinalIgnoreCase)
        || word.EndsWith("thumbprint", StringComparison.OrdinalIgnoreCase)
        || word.EndsWith("fingerprint", StringComparison.OrdinalIgnoreCase)
        || word.EndsWith("authentihash", StringComparison.OrdinalIgnoreCase)
        || word.StartsWith("sha3", StringComparison.OrdinalIgnoreCase);
}
