using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.Engine.Tests.VirusTotal;

/// <summary>The counts of the engines: exact, or counted, or none; never better than what the report says.</summary>
public sealed class OpinionReaderTests
{
    private const string Fifty = """{"A":{"category":"malicious"},"B":{"category":"malicious"},"C":{"category":"malicious"},"D":{"category":"harmless"},"E":{"category":"timeout"}}""";

    [Theory]
    [InlineData("55", 55)]
    [InlineData("55.0", 55)]
    [InlineData("55.000000", 55)]
    [InlineData("5e1", 50)]
    [InlineData("5.5e1", 55)]
    [InlineData("5.5E+1", 55)]
    [InlineData("550e-1", 55)]
    [InlineData("\"55\"", 55)]
    [InlineData("\"5e1\"", 50)]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0e99", 0)]
    [InlineData("2147483000", 2147483000)]
    public async Task A_count_that_can_be_read_exactly_is_read_whatever_its_notation(string written, int malicious)
    {
        VirusTotalReport report = await ReadAsync($$"""{"malicious":{{written}},"suspicious":0,"harmless":3,"undetected":0}""");

        Assert.Equal(new DetectionCounts(malicious, 0, 3, 0), report.Detections);
        Assert.Null(report.Unreadable);
    }

    public static TheoryData<string> Unreadable =>
    [
        "55.5", "1e-1", "0.5", "-1", "-55", "-0.1", "2147483648", "1e10", "1e400", "99999999999999999999999999999999999999999999", "1e-99999999999999999999",
        "null", "true", "false", "[]", "[55]", "{}", """{"value":55}""", "\"\"", "\"many\"", "\" 55\"", "\"55 \"", "\"+55\"", "\"0x37\"", "\"055\"", "\"٥٥\"",
        "\"\\u0035\\u0035\"", "\"\\udfff\"", "\"55.\"", "\".5e2\"", "\"5e\"", "\"-\"", "55,\"malicious\":0", "0,\"malicious\":55", "55,\"\\u006dalicious\":0", "55,\"malicious\":55",
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_count_that_cannot_be_read_leaves_no_verdict_and_says_which_attribute_it_is(string written)
    {
        VirusTotalReport report = await ReadAsync($$"""{"malicious":{{written}},"suspicious":0,"harmless":3,"undetected":60}""");

        Assert.Null(report.Detections);
        Assert.Equal("last_analysis_stats", report.Unreadable);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Where_a_count_cannot_be_read_the_engines_are_counted(string written)
    {
        VirusTotalReport before = await ReadAsync($$"""{"malicious":{{written}},"suspicious":0,"harmless":3,"undetected":60}""", $"\"last_analysis_results\":{Fifty}", resultsFirst: true);
        VirusTotalReport after = await ReadAsync($$"""{"malicious":{{written}},"suspicious":0,"harmless":3,"undetected":60}""", $"\"last_analysis_results\":{Fifty}");

        Assert.Equal(new DetectionCounts(3, 0, 1, 0), before.Detections);
        Assert.Equal(new DetectionCounts(3, 0, 1, 0), after.Detections);
    }

    [Theory]
    [InlineData("""{"suspicious":0,"harmless":3,"undetected":60}""", false)]
    [InlineData("""{"malicious":0,"harmless":3,"undetected":60}""", false)]
    [InlineData("""{"harmless":3}""", false)]
    [InlineData("""{}""", false)]
    [InlineData("""{"malicious":5,"undetected":60}""", true)]
    [InlineData("""{"malicious":0,"suspicious":0,"undetected":60}""", true)]
    [InlineData("""{"malicious":2147483647,"suspicious":2147483647,"harmless":1,"undetected":1}""", false)]
    [InlineData("""{"malicious":2,"suspicious":2147483646,"harmless":1,"undetected":1}""", false)]
    [InlineData("[0,0,3,0]", false)]
    [InlineData("null", false)]
    [InlineData("\"harmless\"", false)]
    [InlineData("3", false)]
    [InlineData("""{"malicious":0,"suspicious":0,"harmless":3,"undetected":60},"last_analysis_stats":{"malicious":9,"suspicious":0,"harmless":3,"undetected":60}""", false)]
    [InlineData("""{"malicious":0,"suspicious":0,"harmless":3,"undetected":60},"last_analysis_st\u0061ts":{"malicious":9,"suspicious":0,"harmless":3,"undetected":60}""", false)]
    public async Task What_is_missing_is_nought_unless_the_verdict_could_be_worse_by_it(string stats, bool isReadable) =>
        Assert.Equal(isReadable, (await ReadAsync(stats)).Detections is not null);

    [Theory]
    [InlineData("""{"A":{"category":"harmless"},"B":{"category":null}}""")]
    [InlineData("""{"A":{"category":"harmless"},"B":{"category":7}}""")]
    [InlineData("""{"A":{"category":"harmless"},"B":{"category":["malicious"]}}""")]
    [InlineData("""{"A":{"category":"harmless"},"B":{"category":"Malicious"}}""")]
    [InlineData("""{"A":{"category":"harmless"},"B":{"category":"malicious "}}""")]
    [InlineData("""{"A":{"category":"harmless"},"B":{"category":"\udfff"}}""")]
    [InlineData("""{"A":{"category":"harmless"},"B":"malicious"}""")]
    [InlineData("""[{"category":"harmless"}]""")]
    public async Task An_engines_opinion_that_cannot_be_read_leaves_no_verdict(string results)
    {
        VirusTotalReport report = await ReadAsync("null", $"\"last_analysis_results\":{results}");

        Assert.Null(report.Detections);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_in_a_name_is_a_name_like_any_other()
    {
        VirusTotalReport report = await ReadAsync(
            """{"\udfff":1,"malicious":1,"suspicious":0,"harmless":3,"undetected":60}""",
            """ "\udfff":7,"\ud800x":{"\udc00":[]},"last_analysis_results":{"\udfff":{"\ud834":"x"}},"popular_threat_classification":{"\udfff":"x","suggested_threat_label":"trojan."} """);

        Assert.Equal(new DetectionCounts(1, 0, 3, 60), report.Detections);
        Assert.Equal("trojan.", report.SuggestedThreatLabel);
    }

    [Fact]
    public void Any_number_is_read_as_what_it_is_or_not_at_all()
    {
        Gen<string> digits = Gen.String[Gen.Char['0', '9'], 1, 12];
        Gen<string> number = Gen.Select(Gen.Bool, digits, Gen.OneOf(Gen.Const(""), digits), Gen.Int[-15, 15], Gen.Bool, static (isNegative, whole, fraction, exponent, hasExponent) =>
            (isNegative ? "-" : "") + (whole.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0") + (fraction.Length > 0 ? "." + fraction : "")
                + (hasExponent ? "e" + exponent.ToString(CultureInfo.InvariantCulture) : ""));

        number.Sample(static text =>
        {
            int? expected = Exactly(text);
            bool isRead = ExactCount.TryRead(Encoding.ASCII.GetBytes(text), out int count);
            Assert.Equal(expected, isRead ? count : null);
        }, iter: 20_000);
    }

    // In another way: as a fraction of two whole numbers.
    private static int? Exactly(string text)
    {
        string[] parts = text.Split('e');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        string[] mantissa = parts[0].Split('.');
        string fraction = mantissa.Length > 1 ? mantissa[1] : "";
        BigInteger numerator = BigInteger.Parse(mantissa[0] + fraction, CultureInfo.InvariantCulture);
        exponent -= fraction.Length;
        BigInteger scale = BigInteger.Pow(10, Math.Abs(exponent));
        if (exponent >= 0)
        {
            numerator *= scale;
        }
        else if (numerator % scale != 0)
        {
            return null;
        }
        else
        {
            numerator /= scale;
        }

        return numerator < 0 || numerator > int.MaxValue ? null : (int)numerator;
    }

    private static async Task<VirusTotalReport> ReadAsync(string stats, string others = "", bool resultsFirst = false)
    {
        string[] attributes = [$"\"last_analysis_stats\":{stats}", .. others.Length > 0 ? new[] { others } : []];
        string body = $"{{\"data\":{{\"id\":\"example.com\",\"type\":\"domain\",\"attributes\":{{{string.Join(',', resultsFirst ? attributes.Reverse() : attributes)}}}}}}}";
        ReportReader reader = new();
        await using MemoryStream stream = new(Encoding.UTF8.GetBytes(body));
        await JsonStream.ReadAsync(stream, reader, BodyLimits.MaxAnswerBytes, CancellationToken.None);
        return reader.Report!;
    }
}
