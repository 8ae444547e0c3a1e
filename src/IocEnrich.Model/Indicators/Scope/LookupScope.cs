using System.Diagnostics.CodeAnalysis;

namespace IocEnrich;

/// <summary>Tells what is asked at VirusTotal, what is not unless the user insists, and what cannot be.</summary>
public static class LookupScope
{
    private const int ShownLength = 80;

    // The special-use names registry of IANA (RFC 6761 and what followed), as far as no public service answers for the name.
    private static readonly (string Name, string Meaning)[] SpecialNames =
    [
        ("localhost", "it names the machine itself (RFC 6761)"),
        ("local", "names under \"local\" exist only on one link (RFC 6762)"),
        ("internal", "names under \"internal\" exist only in a private network (ICANN, 2024)"),
        ("test", "names under \"test\" are for tests (RFC 6761)"),
        ("example", "names under \"example\" are for documentation (RFC 6761)"),
        ("invalid", "names under \"invalid\" never exist (RFC 6761)"),
        ("arpa", "names under \"arpa\" are infrastructure of the DNS (RFC 3172)"),
        ("alt", "names under \"alt\" are not in the DNS (RFC 9476)"),
    ];

    /// <summary>Judges one indicator.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="reason">
    /// A whole sentence that says why it is not asked, such as <c>10.0.0.5 is not asked: it is a private address (10.0.0.0/8, RFC
    /// 1918).</c>; <c>null</c> where it is. What it quotes is safe to show, and short.
    /// </param>
    /// <exception cref="ArgumentNullException">The indicator is <c>null</c>.</exception>
    public static LookupEligibility Judge(Indicator indicator, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        (LookupEligibility eligibility, string? why) = indicator.Type switch
        {
            IndicatorType.Cve => (LookupEligibility.Unsupported, "VirusTotal has no lookup for a CVE"),
            IndicatorType.Email => (LookupEligibility.Unsupported, "VirusTotal has no lookup for an e-mail address"),
            IndicatorType.IPv4 or IndicatorType.IPv6 => JudgeHost(indicator.Value, "it"),
            IndicatorType.Domain => JudgeHost(indicator.Value, "it"),
            IndicatorType.Url => JudgeUrl(indicator.Value),
            _ => (LookupEligibility.Askable, null),
        };
        reason = why is null ? null : $"{Show(indicator.Value)} is not asked: {why}.";
        return eligibility;
    }

    /// <summary>Whether one indicator is asked.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="includeNonPublic">Whether the user insists: what is <see cref="LookupEligibility.NotPublic"/> is asked too.</param>
    /// <param name="reason">Where it is not, a whole sentence that says why; see <see cref="Judge"/>.</param>
    /// <exception cref="ArgumentNullException">The indicator is <c>null</c>.</exception>
    public static bool IsAsked(Indicator indicator, bool includeNonPublic, [NotNullWhen(false)] out string? reason)
    {
        if (Judge(indicator, out reason) == LookupEligibility.NotPublic && includeNonPublic)
        {
            reason = null;
        }

        // Whatever is not asked has its reason, and nothing else has one.
        return reason is null;
    }

    private static (LookupEligibility, string?) JudgeUrl(string url)
    {
        ReadOnlySpan<char> host = CanonicalUrl.Host(url);
        return JudgeHost(host, $"its host {Show(host.ToString())}");
    }

    private static (LookupEligibility, string?) JudgeHost(ReadOnlySpan<char> host, string subject)
    {
        SpecialPurposeBlock? block = null;
        if (IPv6Text.TryRead(host, out UInt128 address))
        {
            block = SpecialPurposeAddresses.Find(address);
        }
        else if (IPv4Text.TryRead(host, out uint low, out _, out _))
        {
            block = SpecialPurposeAddresses.Find(low);
        }
        else if (FindSpecialName(host) is { } meaning)
        {
            return (LookupEligibility.NotPublic, meaning);
        }
        else if (!host.Contains('.'))
        {
            return (LookupEligibility.NotPublic, $"{subject} is a single label, which only a local network resolves");
        }

        return block is null
            ? (LookupEligibility.Askable, null)
            : (LookupEligibility.NotPublic, $"{subject} is {block.Meaning} ({block.Prefix}, {block.Source})");
    }

    private static string? FindSpecialName(ReadOnlySpan<char> host)
    {
        ReadOnlySpan<char> last = host[(host.LastIndexOf('.') + 1)..];
        foreach ((string name, string meaning) in SpecialNames)
        {
            if (last.SequenceEqual(name))
            {
                return meaning;
            }
        }

        return null;
    }

    private static string Show(string value) => DisplayText.Clean(value, ShownLength);
}
