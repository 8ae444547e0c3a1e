using System.Text;
using System.Text.Json;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>An attribute of a report that is read, by the name that the API gives it, and where its value goes. See <see cref="All"/>.</summary>
internal sealed class ReportAttribute(string name)
{
    /// <summary>
    /// One more whenever the same report gives a result another value or one more: cached answers are read again from their reports then.
    /// </summary>
    internal const int ReaderVersion = 1;

    // More than this of a list would tell a reader no more.
    private const int MaxListed = 64;

    private const int MaxNameLength = 63;

    private static readonly ReportAttribute[] All =
    [
        new("as_owner") { Text = static (report, text) => report.AsOwner = text },
        new("asn") { Number = static (report, number) => report.Asn = number },
        new("categories") { Member = static (VirusTotalReport report, ref Utf8JsonReader json) => Add(report.Categories ??= [], ref json) },
        new("country") { Text = static (report, text) => report.Country = text },
        new("creation_date") { Number = static (report, number) => report.CreationDate = Time(number) },
        new("first_submission_date") { Number = static (report, number) => report.FirstSubmissionDate = Time(number) },
        new("last_analysis_date") { Number = static (report, number) => report.LastAnalysisDate = Time(number) },
        new("last_analysis_results") { Form = AttributeForm.Opinions },
        new("last_analysis_stats") { Form = AttributeForm.Stats },
        new("last_final_url") { Text = static (report, text) => report.LastFinalUrl = text },
        new("last_http_response_code") { Number = static (report, number) => report.LastHttpResponseCode = number is > 0 and < 1000 ? (int)number : null },
        new("md5") { Text = static (report, text) => report.Md5 = report.Once(report.Md5, text), AskedLength = 32 },
        new("meaningful_name") { Text = static (report, text) => report.MeaningfulName = text },
        new("names") { Member = static (VirusTotalReport report, ref Utf8JsonReader json) => report.FirstName ??= JsonText.Read(ref json) },
        new("network") { Text = static (report, text) => report.Network = text },
        new("popular_threat_classification") { Form = AttributeForm.ThreatClassification },
        new("registrar") { Text = static (report, text) => report.Registrar = text },
        new("reputation") { Number = static (report, number) => report.Reputation = (int)Math.Clamp(number, int.MinValue, int.MaxValue) },
        new("sha1") { Text = static (report, text) => report.Sha1 = report.Once(report.Sha1, text), AskedLength = 40 },
        new("sha256") { Text = static (report, text) => report.Sha256 = report.Once(report.Sha256, text) },
        new("size") { Number = static (report, number) => report.Size = number },
        new("tags") { Member = static (VirusTotalReport report, ref Utf8JsonReader json) => Add(report.Tags ??= [], ref json) },
        new("threat_names") { Member = static (VirusTotalReport report, ref Utf8JsonReader json) => Add(report.ThreatNames ??= [], ref json) },
        new("title") { Text = static (report, text) => report.Title = text },
        new("type_description") { Text = static (report, text) => report.TypeDescription = text },
        new("url") { Text = static (report, text) => report.Url = report.Once(report.Url, text), Form = AttributeForm.RawText },
    ];

    // The length decides first: most names are passed over at that.
    private static readonly ReportAttribute[]?[] ByLength = GroupByLength();

    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

    /// <summary>Reads one of the members of a list or an object.</summary>
    internal delegate void MemberReader(VirusTotalReport report, ref Utf8JsonReader json);

    /// <summary>Takes the value where it is a text.</summary>
    internal Action<VirusTotalReport, string>? Text { get; private init; }

    /// <summary>Takes the value where it is a whole number.</summary>
    internal Action<VirusTotalReport, long>? Number { get; private init; }

    /// <summary>Takes each text directly within the value.</summary>
    internal MemberReader? Member { get; private init; }

    /// <summary>What else there is to know about its value.</summary>
    internal AttributeForm Form { get; private init; }

    /// <summary>How long the indicator that was asked for has to be for it to be read: of hashes, only that one is compared. 0 for any.</summary>
    internal int AskedLength { get; private init; }

    /// <summary>The attribute that a property name stands for; <see langword="null"/> if it is not read.</summary>
    internal static ReportAttribute? Of(ref Utf8JsonReader json) => Of(json.ValueIsEscaped ? JsonName.Unescape(ref json) : json.ValueSpan);

    private static ReportAttribute? Of(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length && ByLength[name.Length] is { } candidates)
        {
            foreach (ReportAttribute candidate in candidates)
            {
                if (name.SequenceEqual(candidate._name))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private static ReportAttribute[]?[] GroupByLength()
    {
        // Without LINQ: it would be compiled for this in every process.
        ReportAttribute[]?[] byLength = new ReportAttribute[MaxNameLength + 1][];
        foreach (ReportAttribute attribute in All)
        {
            byLength[attribute._name.Length] = [.. byLength[attribute._name.Length] ?? [], attribute];
        }

        return byLength;
    }

    private static void Add(List<string> list, ref Utf8JsonReader json)
    {
        if (list.Count < MaxListed && JsonText.Read(ref json) is { Length: > 0 } text && !list.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            list.Add(text);
        }
    }

    private static DateTimeOffset? Time(long unixSeconds) =>
        unixSeconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(unixSeconds) : null;
}

/// <summary>How the value of an attribute is read.</summary>
internal enum AttributeForm
{
    /// <summary>By <see cref="ReportAttribute.Text"/>, <see cref="ReportAttribute.Number"/> or <see cref="ReportAttribute.Member"/>.</summary>
    Plain = 0,

    /// <summary>A text that is compared and not shown: neither cleaned nor cut.</summary>
    RawText,

    /// <summary>How many engines hold which opinion.</summary>
    Stats,

    /// <summary>What each engine holds.</summary>
    Opinions,

    /// <summary>An object that has the threat label.</summary>
    ThreatClassification,
}
