namespace IocEnrich.Model.Tests;

public class HashAndCveTests
{
    private const string Md5 = "d41d8cd98f00b204e9800998ecf8427e";
    private const string Sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData(Md5, IndicatorType.Md5)]
    [InlineData(Sha1, IndicatorType.Sha1)]
    [InlineData(Sha256, IndicatorType.Sha256)]
    public void A_hash_is_told_by_its_length_in_any_case(string hash, IndicatorType type)
    {
        Recognised.As(type, hash, hash);
        Recognised.As(type, hash, hash.ToUpperInvariant());
    }

    [Theory]
    [InlineData("sha256:")]
    [InlineData("SHA256=")]
    [InlineData("SHA-256: ")]
    [InlineData("sha_256 = ")]
    [InlineData("SHA 256: ")]
    [InlineData("sha256 ")]
    [InlineData("hash:")]
    [InlineData("File Hash: ")]
    [InlineData("\"sha256\": \"")]
    public void The_name_of_the_algorithm_may_stand_in_front(string prefix) => Recognised.As(IndicatorType.Sha256, Sha256, prefix + Sha256);

    [Theory]
    [InlineData("  setup.exe")]
    [InlineData(" *setup.exe")]
    [InlineData("  My Documents/a b.txt")]
    public void A_line_of_sha256sum_is_its_hash(string name) => Recognised.As(IndicatorType.Sha256, Sha256, Sha256 + name);

    [Theory]
    [InlineData("d41d8cd98f00b204e9800998ecf8427", "31 hexadecimal digits")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427ef", "33 hexadecimal digits")]
    [InlineData("sha512:" + Sha256 + Sha256, "128 hexadecimal digits")]
    [InlineData("imphash:d41d8cd98f00b204e9800998ecf8427e", "is not an indicator")]
    [InlineData("g41d8cd98f00b204e9800998ecf8427e", "does not look like an address")]
    public void Digits_of_another_length_are_refused_with_the_reason(string text, string reason) => Recognised.AsNothing(text, reason);

    [Theory]
    [InlineData("CVE-2021-44228", "CVE-2021-44228")]
    [InlineData("cve-2021-44228", "CVE-2021-44228")]
    [InlineData("CVE-1999-0001", "CVE-1999-0001")]
    [InlineData("CVE-2016-00000", "CVE-2016-00000")]
    [InlineData("CVE 2021-44228", "CVE-2021-44228")]
    [InlineData("CVE_2021_44228", "CVE-2021-44228")]
    [InlineData("CVE\u20112021\u201144228", "CVE-2021-44228")]
    [InlineData("(CVE-2021-44228)", "CVE-2021-44228")]
    public void A_CVE_has_a_year_and_a_number(string text, string canonical) => Recognised.As(IndicatorType.Cve, canonical, text);

    [Theory]
    [InlineData("CVE-20211-44228")]
    [InlineData("CVE-21-44228")]
    [InlineData("CVE-2021-442")]
    [InlineData("CVE-2021-")]
    [InlineData("CVE-2021-4422x")]
    [InlineData("CVE-9999-44228")]
    public void What_is_no_CVE_is_refused_with_the_reason(string text) => Recognised.AsNothing(text, "a year of four digits");
}
