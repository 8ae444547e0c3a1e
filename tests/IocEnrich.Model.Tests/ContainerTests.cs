using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;

namespace IocEnrich.Model.Tests;

/// <summary>Text that was written into other text: whatever it was written into, and however deep, the same indicators come out.</summary>
public class ContainerTests
{
    private const int Iterations = 20_000;

    private static readonly Func<string, string>[] Containers =
    [
        Uri.EscapeDataString,
        static text => Regex.Replace(Uri.EscapeDataString(text), "%[0-9A-F]{2}", static escape => escape.Value.ToLowerInvariant()).Replace("%2f", "/", StringComparison.Ordinal),
        WebUtility.HtmlEncode!,
        static text => string.Concat(text.Select(static c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '\n' ? c.ToString() : $"&#{(int)c};")),
        static text => string.Concat(text.Select(static c => char.IsAsciiLetterOrDigit(c) || c is ' ' ? c.ToString() : $"&#x{(int)c:X};")),
        static text => JsonSerializer.Serialize(text),
        static text => $"{{\"message\":\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"}}",
        static text => $"{{\"message\":\"{JsonEncodedText.Encode(text).ToString().Replace("/", "\\/", StringComparison.Ordinal)}\"}}",
        static text => string.Concat(text.Select(static c => char.IsAsciiLetterOrDigit(c) || c is ' ' ? c.ToString() : $"\\x{(int)c:x2}")),
        static text => text.Replace("=", "=3D", StringComparison.Ordinal),
        static text => Regex.Replace(text, @"[.\\/?+*()\[\]{}^$|#]", @"\$0"),
    ];

    private static readonly Gen<string> Label = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789"].Array[1, 12].Select(static chars => new string(chars));

    // The first label is no word of code, such as "os": a name that only counts alone on its line would not count in a string.
    private static readonly Gen<string> Name = Gen.Select(Label.Array[1, 3], Gen.OneOf("com", "net", "org", "ru", "co.uk", "xyz", "onion"))
        .Select(static (labels, top) => $"zq{string.Join('.', labels)}.{top}");

    private static readonly Gen<string> Url = Gen.Select(Gen.OneOf("http://", "https://"), Name, Gen.OneOf("", ":8080"), Gen.OneOf("/", "/a.php", "/a/b.html?c=d", "/?a=1&b=2&c=x%20y", "/new/test.php?name=x&r=1"))
        .Select(static (scheme, host, port, path) => $"{scheme}{host}{port}{path}");

    private static readonly Gen<string> Indicators = Gen.OneOf(
        Name,
        Url,
        Gen.Byte.Array[4].Select(static bytes => string.Join('.', bytes)),
        Gen.Select(Gen.OneOf(31, 39, 63), Gen.Char["0123456789abcdef"].Array[64]).Select(static (length, chars) => $"a{new string(chars)[..length]}"),
        Name.Select(static name => $"bob.smith@{name}"),
        Gen.Const("2001:db8:1::7"),
        Gen.Const("CVE-2021-44228"));

    private static readonly Gen<string> Before = Gen.OneOf("", " ", "\n", "\t", "\r\n", "\"", "'", "<", "(", "see ", "url=", "a=1&u=", "next\n", "first line\nip: ", "<a href=\"", "x > ");

    private static readonly Gen<string> After = Gen.OneOf("", " ", "\n", "\t", "\r\nHost: x", "\"", "'", ">", ")", " and more", ", ", ". ", "\nnew line", "\ttab", "\">link</a>");

    private static readonly Gen<Func<string, string>[]> Nestings = Gen.OneOf(Containers).Array[1, 3];

    [Fact]
    public void Bytes_of_UTF_8_in_escapes_are_letters() =>
        Assert.Equal(["xn--bcher-kva.de", "https://xn--e1afmkfd.com/a"], IndicatorExtractor.Extract(@"b'b\xc3\xbccher.de https://\xd0\xbf\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x80.com/a'").Select(static found => found.Value));

    [Theory]
    [InlineData(@"{""host"":""payp\ufffdl.com""}")]
    [InlineData(@"payp\xef\xbf\xbdl.com and payp\u{FFFD}l.com")]
    [InlineData("payp&#xFFFD;l.com and payp&#65533;l.com")]
    [InlineData("u=payp%EF%BF%BDl.com%2Fa")]
    [InlineData("u=http%3A%2F%2Fpayp%EF%BF%BDl.com%2Fa")]
    [InlineData(@"{""to"":""b\ufffdb@payp\ufffdl.com""}")]
    public void A_name_with_a_letter_that_was_lost_before_it_was_encoded_is_not_reported_nor_the_rest_of_it(string text) =>
        Assert.Empty(IndicatorExtractor.Extract(text));

    [Fact]
    public void An_indicator_in_any_container_and_any_nesting_comes_out_as_it_does_without() =>
        Gen.Select(Before, Indicators, After, Nestings).Sample(
            static (before, indicator, after, nesting) =>
            {
                string plain = $"{before}{indicator}{after}";
                string encoded = nesting.Aggregate(plain, static (text, container) => container(text));
                return IndicatorExtractor.Extract(plain).Select(static found => found.Value).SequenceEqual([Indicator.Parse(indicator).Value])
                    ? Gives(encoded, [Indicator.Parse(indicator).Value])
                    : true;
            },
            iter: Iterations);

    [Fact]
    public void Text_without_indicators_holds_none_in_any_container() =>
        Gen.Select(
            Gen.OneOf(
                Gen.OneOf("the end", "C:\\Users\\bob\\new.exe", "{a: 1}", "x < y && z", "it's 5%", "std::vector", "\"quoted\"", "1.2.3", "report.pdf", "a/b", "\\d+", "e.g.", "tcp://", "?", "@home", "\u00fcber", "\u65e5\u672c"),
                Label).Array[1, 12],
            Gen.OneOf(" ", "\n", ", ", "\t", "="),
            Nestings).Sample(
            static (words, between, nesting) =>
            {
                string plain = string.Join(between, words);
                return IndicatorExtractor.Extract(plain).Count > 0 || Gives(nesting.Aggregate(plain, static (text, container) => container(text)), []);
            },
            iter: Iterations);

    private static bool Gives(string text, string[] values)
    {
        IReadOnlyList<IndicatorOccurrence> found = IndicatorExtractor.Extract(text);
        string[] lines = text.Split('\n');
        bool stands = found.All(occurrence => lines[(int)occurrence.Line - 1].AsSpan((int)occurrence.Column - 1).StartsWith(occurrence.Text));
        return stands && found.Select(static occurrence => occurrence.Value).SequenceEqual(values)
            ? true
            : throw new InvalidOperationException($"<{text}> should give <{string.Join(' ', values)}>, and gives <{string.Join(' ', found)}>");
    }
}
