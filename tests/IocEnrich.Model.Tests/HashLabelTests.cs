using CsCheck;

namespace IocEnrich.Model.Tests;

/// <summary>Digits of the length of a hash: what they are of, the label beside them says.</summary>
public class HashLabelTests
{
    private const string Md5 = "d41d8cd98f00b204e9800998ecf8427e";
    private const string Sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly Gen<string> Hash = Gen.OneOf(Gen.Const(Md5), Gen.Const(Sha1), Gen.Const(Sha256), Gen.Const(Sha256.ToUpperInvariant()));

    private static readonly Gen<string> Separator = Gen.OneOf(": ", "=", " = ", ":", "\": \"", "', '", " | ", "\t", " ", "</td><td>", "=\"", "\",\"");

    [Fact]
    public void A_label_that_names_another_digest_makes_it_none_of_a_file() =>
        Gen.Select(
            Gen.OneOf(
                "imphash", "IMPHASH", "ImpHash", "Import Hash (imphash)", "ja3", "JA3", "ja3s", "JA3S", "tls.client.ja3", "tls_ja3_hash", "JA3 hash", "authentihash", "Authentihash",
                "vhash", "pehash", "SHA3-256", "sha3_256", "thumbprint", "Thumbprint", "certThumbprint", "SHA1 Fingerprint", "x509-fingerprint-sha1", "hassh", "TLSH", "ssdeep",
                "rich_pe_header_hash", "Serial Number", "file.pe.imphash", "Authentihash SHA256", "certificate_sha1"),
            Separator,
            Hash).Where(static sample => sample.Item2 != " " || !sample.Item1.Contains('(', StringComparison.Ordinal)).Sample(
            static (label, separator, hash) => IndicatorExtractor.Extract($"x {label}{separator}{hash}\n").Count == 0 ? true : throw new InvalidOperationException($"<{label}{separator}{hash}>"),
            iter: 5_000);

    [Fact]
    public void A_label_of_a_file_hash_or_none_leaves_it_one() =>
        Gen.Select(
            Gen.OneOf("md5", "MD5", "SHA1", "sha-1", "SHA256", "file hash", "sample", "hash", "hashes.sha256", "file.hash.sha1", "dropped", "IOC", "name", "the file", "FileHash-SHA256"),
            Separator,
            Hash,
            Gen.OneOf("\n", " (evil.exe)", ",x", "\"", " # dropper")).Sample(
            static (label, separator, hash, behind) =>
                IndicatorExtractor.Extract($"x {label}{separator}{hash}{behind}").Any(found => found.Value.Equals(hash, StringComparison.OrdinalIgnoreCase)) ? true : throw new InvalidOperationException($"<{label}{separator}{hash}>"),
            iter: 5_000);

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=\"b1_" + Md5 + "\"\n\n--b1_" + Md5 + "\nContent-Type: text/plain\n\n--b1_" + Md5 + "--\n")]
    [InlineData("Content-Type: multipart/mixed;\n boundary=" + Sha256 + "\n\n--" + Sha256 + "\r\n")]
    [InlineData("\tboundary=\"----=_Part_" + Md5 + "\"\n------=_Part_" + Md5 + "\n")]
    [InlineData("commit " + Sha1 + "\n")]
    [InlineData(Md5 + " (imphash)\n" + Md5 + " # JA3")]
    public void A_boundary_and_a_named_digest_are_no_hashes(string text) => Assert.Empty(IndicatorExtractor.Extract(text));

    [Theory]
    [InlineData("SHA1=" + Sha1 + ",MD5=" + Md5 + ",SHA256=" + Sha256 + ",IMPHASH=" + Md5, Sha1, Md5, Sha256)]
    [InlineData("{\"imphash\":\"" + Md5 + "\",\"sha256\":\"" + Sha256 + "\"}", Sha256)]
    [InlineData("| imphash | " + Md5 + " |\n| md5 | " + Md5 + " |", Md5)]
    [InlineData("the JA3 and the file " + Sha256, Sha256)]
    [InlineData("tool --sha256=" + Sha256 + "\n--md5=" + Md5 + "\n", Sha256, Md5)]
    [InlineData("pkg==1.0 \\\n    --hash=sha256:" + Sha256 + "\n", Sha256)]
    [InlineData("哈希" + Sha256 + "样本", Sha256)]
    public void Beside_another_digest_a_file_hash_is_still_one(string text, params string[] hashes) =>
        Assert.Equal(hashes, IndicatorExtractor.Extract(text).Select(static found => found.Value));
}
