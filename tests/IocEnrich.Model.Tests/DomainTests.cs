namespace IocEnrich.Model.Tests;

public class DomainTests
{
    [Theory]
    [InlineData("Malware.Example.COM", "malware.example.com")]
    [InlineData("a.co", "a.co")]
    [InlineData("3com.com", "3com.com")]
    [InlineData("xn--bcher-kva.de", "xn--bcher-kva.de")]
    [InlineData("r3---sn-4g5e.googlevideo.com", "r3---sn-4g5e.googlevideo.com")]
    [InlineData("evil.com.", "evil.com")]
    [InlineData("evil.com:8443", "evil.com")]
    [InlineData("*.evil.com", "evil.com")]
    [InlineData("*[.]evil[.]com", "evil.com")]
    [InlineData(".evil.com", "evil.com")]
    [InlineData("_dmarc.evil.com", "_dmarc.evil.com")]
    [InlineData("a_b.evil.com", "a_b.evil.com")]
    [InlineData("expyuzz4wqqyqhjn.onion", "expyuzz4wqqyqhjn.onion")]
    [InlineData("dc01.corp.local", "dc01.corp.local")]
    [InlineData("localhost", "localhost")]
    [InlineData("ldap://evil.com:1389/Exploit", "evil.com")]
    public void A_name_under_a_top_level_domain_is_a_domain(string text, string canonical) => Recognised.As(IndicatorType.Domain, canonical, text);

    [Theory]
    [InlineData("bücher.de", "xn--bcher-kva.de")]
    [InlineData("BÜCHER.de", "xn--bcher-kva.de")]
    [InlineData("例子.中国", "xn--fsqu00a.xn--fiqs8s")]
    [InlineData("例子。中国", "xn--fsqu00a.xn--fiqs8s")]
    [InlineData("пример.рф", "xn--e1afmkfd.xn--p1ai")]
    public void A_name_in_another_script_is_written_in_its_ASCII_form(string text, string ascii) => Recognised.As(IndicatorType.Domain, ascii, text);

    // A token is offered as an indicator, so the top-level domain wins over the file ending; in a text the context decides.
    [Theory]
    [InlineData("invoice.zip")]
    [InlineData("install.sh")]
    [InlineData("allegro.pl")]
    [InlineData("docs.rs")]
    public void A_token_that_could_be_a_file_name_is_a_domain_when_its_ending_is_one(string text) => Recognised.As(IndicatorType.Domain, text, text);

    [Theory]
    [InlineData("report.pdf", "\"pdf\" is not a top-level domain")]
    [InlineData("kernel32.dll", "\"dll\" is not a top-level domain")]
    [InlineData("evil.pumpkin", "\"pumpkin\" is not a top-level domain")]
    [InlineData("evil.123", "\"123\" is not a top-level domain")]
    [InlineData("server01", "does not look like an address")]
    [InlineData("a..com", "empty part between two dots")]
    [InlineData("-evil.com", "begins or ends with a hyphen")]
    [InlineData("evil-.com", "begins or ends with a hyphen")]
    [InlineData("ev!l.com", "cannot contain \"!\"")]
    [InlineData("evil.com:port", "is not a port number")]
    public void What_is_no_name_is_refused_with_the_reason(string text, string reason) => Recognised.AsNothing(text, reason);

    [Fact]
    public void A_label_has_63_characters_at_most_and_a_name_253()
    {
        string label = new('a', 63);
        Recognised.As(IndicatorType.Domain, $"{label}.com", $"{label}.com");
        Recognised.AsNothing($"{label}a.com", "longer than 63 characters");

        string name = $"{label}.{label}.{label}.{new string('a', 57)}.com";
        Assert.Equal(253, name.Length);
        Recognised.As(IndicatorType.Domain, name, name);
        Recognised.AsNothing($"a{name}", "longer than 253 characters");
    }
}
