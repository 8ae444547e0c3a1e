using CsCheck;

namespace IocEnrich.Model.Tests;

/// <summary>What holds for every indicator, not only for those that somebody thought of.</summary>
public class PropertyTests
{
    private const int Iterations = 2_000;

    private static readonly string[] Dots =
        [".", "[.]", "(.)", "{.}", "[.", ".]", "(.", "\\.", "<.>", "[dot]", "(dot)", "{DOT}", " dot ", " [.] ", " [dot] ", "[ . ]"];

    private static readonly string[] Ats = ["@", "[@]", "(@)", "{@}", "[at]", "(at)", "{AT}", " at ", " @ ", "[@"];
    private static readonly string[] Separators = ["://", "[:]//", "[://]", ":\\\\", ":///", "[:][/][/]", ":// "];
    private static readonly string[] Wrappings = ["{0}", "\"{0}\"", "({0})", "<{0}>", "`{0}`", "**{0}**", "{0},", "{0}.", " {0} ", "“{0}”"];

    private static readonly Gen<string> Label = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789"].Array[1, 12].Select(static chars => new string(chars));

    private static readonly Gen<string> Name = Gen.Select(Label.Array[1, 3], Gen.OneOf("com", "net", "org", "ru", "co.uk", "xyz", "onion"))
        .Select(static (labels, top) => $"{string.Join('.', labels)}.{top}");

    private static readonly Gen<string> IPv4 = Gen.Byte.Array[4].Select(static bytes => string.Join('.', bytes));

    private static readonly Gen<string> Host = Gen.Frequency((3, Name), (1, IPv4));

    private static readonly Gen<string> Path = Gen.Char["abcXYZ019-_.~/"].Array[0, 20]
        .Select(static chars => $"/{new string(chars)}".TrimEnd('.', '_', '~'));

    private static readonly Gen<(string Scheme, string Host, string Port, string Path)> UrlParts =
        Gen.Select(Gen.OneOf("http", "https", "ftp"), Host, Gen.OneOf("", ":8080", ":4444"), Path);

    private static readonly Gen<string> Hash = Gen.Select(Gen.OneOf(31, 39, 63), Gen.Char["0123456789abcdef"].Array[64])
        .Select(static (length, chars) => $"a{new string(chars)[..length]}");

    private static readonly Gen<string> IPv6 = Gen.Select(Gen.UShort.Array[8], Gen.Bool.Array[8])
        .Select(static (groups, zero) => string.Join(':', groups.Zip(zero, static (group, z) => (z ? 0 : group).ToString("x", null))));

    private static readonly Gen<string> Anything = Gen.OneOf(
        Name, IPv4, Hash, IPv6, UrlParts.Select(static url => $"{url.Scheme}://{url.Host}{url.Port}{url.Path}"), Name.Select(static name => $"bob@{name}"));

    [Fact]
    public void A_defanged_domain_reads_as_the_domain_in_every_style_and_wrapping() =>
        Gen.Select(Name, Gen.OneOf(Dots), Gen.OneOf(Wrappings)).Where(static sample => IsClear(sample.Item2, sample.Item3)).Sample(
            static (name, dot, wrapping) => Reads(name, Wrap(wrapping, name.Replace(".", dot, StringComparison.Ordinal))),
            iter: Iterations);

    [Fact]
    public void A_defanged_address_reads_as_the_address_in_every_style_and_wrapping() =>
        Gen.Select(IPv4, Gen.OneOf(Dots), Gen.OneOf(Wrappings)).Where(static sample => IsClear(sample.Item2, sample.Item3)).Sample(
            static (address, dot, wrapping) => Reads(address, Wrap(wrapping, address.Replace(".", dot, StringComparison.Ordinal))),
            iter: Iterations);

    [Fact]
    public void A_defanged_mail_address_reads_as_the_address_in_every_style() =>
        Gen.Select(Label, Name, Gen.OneOf(Ats), Gen.OneOf(Dots)).Sample(
            static (local, name, at, dot) => Reads($"{local}@{name}", $"{local}{at}{name.Replace(".", dot, StringComparison.Ordinal)}"),
            iter: Iterations);

    [Fact]
    public void A_defanged_URL_reads_as_the_URL_in_every_style() =>
        Gen.Select(UrlParts, Gen.OneOf(Dots), Gen.OneOf(Separators), Gen.Bool).Sample(
            static (url, dot, separator, dress) =>
            {
                string scheme = dress ? url.Scheme.Replace("tt", "xX", StringComparison.Ordinal).Replace("ft", "fx", StringComparison.Ordinal) : url.Scheme;
                string host = url.Host.Replace(".", dot, StringComparison.Ordinal);
                return Reads($"{url.Scheme}://{url.Host}{url.Port}{url.Path}", $"{scheme}{separator}{host}{url.Port}{url.Path}");
            },
            iter: Iterations);

    [Fact]
    public void A_canonical_text_reads_as_itself_and_so_does_its_defanged_form() =>
        Anything.Sample(
            static text =>
            {
                Indicator indicator = Indicator.Parse(text);
                return Indicator.Parse(indicator.Value) == indicator && Indicator.Parse(indicator.Defanged) == indicator;
            },
            iter: Iterations);

    [Fact]
    public void An_IPv6_address_is_the_one_that_the_framework_reads() =>
        IPv6.Sample(
            static text =>
            {
                System.Net.IPAddress expected = System.Net.IPAddress.Parse(text);
                return expected.IsIPv4MappedToIPv6 || System.Net.IPAddress.Parse(Indicator.Parse(text).Value).Equals(expected);
            },
            iter: Iterations);

    [Fact]
    public void Every_indicator_planted_in_a_text_is_found_and_nothing_else() =>
        Gen.Select(Anything.Array[1, 8], Gen.OneOf(" ", ", ", "\n", "; ", " and ", " | ", " (x) "), Gen.Bool).Sample(
            static (planted, between, defang) =>
            {
                Indicator[] indicators = [.. planted.Select(Indicator.Parse).Where(static indicator => IsFindable(indicator))];
                string text = $"Seen: {string.Join(between, indicators.Select(indicator => defang ? indicator.Defanged : indicator.Value))} today.";
                return IndicatorExtractor.Extract(text).Select(static found => found.Indicator).SequenceEqual(indicators);
            },
            iter: Iterations);

    [Fact]
    public void Nothing_is_found_in_random_hexadecimal_digits() =>
        Gen.Char["0123456789abcdef"].Array[1, 300].Where(static chars => chars.Length is not (32 or 40 or 64)).Sample(
            static chars => IndicatorExtractor.Extract($"key {new string(chars)} end").Count == 0, iter: Iterations);

    [Fact]
    public void Nothing_is_found_in_random_base64() =>
        Gen.Byte.Array[1, 300].Sample(
            static bytes => IndicatorExtractor.Extract($"data: {Convert.ToBase64String(bytes)} end").Count == 0, iter: Iterations);

    [Fact]
    public void Nothing_is_found_in_version_strings() =>
        Gen.Select(Gen.OneOf("version ", "v", "Version: ", "lib-", "Chrome/"), Gen.Int[0, 255].Array[2, 6], Gen.OneOf("", "-beta", "-rc.1", "+build")).Sample(
            static (before, numbers, after) => IndicatorExtractor.Extract($"Uses {before}{string.Join('.', numbers)}{after} now").Count == 0,
            iter: Iterations);

    [Fact]
    public void Nothing_is_found_in_file_names() =>
        Gen.Select(Label, Gen.OneOf("exe", "dll", "pdf", "docx", "sh", "zip", "py", "ps1", "md", "js", "tar.gz")).Sample(
            static (name, ending) => IndicatorExtractor.Extract($"It writes {name}.{ending} to disk").Count == 0, iter: Iterations);

    // "(name(.net)" opens two brackets and closes one, and nobody can tell which: behind a name that ends with "at" the inner one may
    // as well be part of "at(".
    private static bool IsClear(string dot, string wrapping) => dot != "(." || wrapping != "({0})";

    // "::" and groups of letters alone are left to whoever says that they are an address.
    private static bool IsFindable(Indicator indicator) => indicator.Type != IndicatorType.IPv6 || indicator.Value.Any(char.IsAsciiDigit);

    private static bool Reads(string value, string text) =>
        IndicatorParser.TryParse(text, out Indicator? indicator, out string? reason) && indicator.Value == value
            ? true
            : throw new InvalidOperationException($"<{text}> should be {value}, and is {indicator?.Value ?? reason}");

    private static string Wrap(string wrapping, string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, wrapping, text);
}
