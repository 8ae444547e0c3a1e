using System.Diagnostics.CodeAnalysis;

namespace IocEnrich;

/// <summary>Decides which indicators a provider looks up: always, only if the user insists, or never. Immutable.</summary>
public sealed class LookupScope
{
    private const string Skipped = "Skipped ";
    private const int ShownLength = 80;

    // The special-use names registry of IANA (RFC 6761 and what followed), as far as no public service answers for the name.
    private static readonly (string Name, string Meaning)[] SpecialNames =
    [
        ("localhost", "name of the machine itself (RFC 6761)"),
        ("local", "names under \"local\" exist only on one link (RFC 6762)"),
        ("internal", "names under \"internal\" exist only in a private network (ICANN, 2024)"),
        ("test", "names under \"test\" are for tests (RFC 6761)"),
        ("example", "names under \"example\" are for documentation (RFC 6761)"),
        ("invalid", "names under \"invalid\" never exist (RFC 6761)"),
        ("arpa", "names under \"arpa\" are infrastructure of the DNS (RFC 3172)"),
        ("alt", "names under \"alt\" are not in the DNS (RFC 9476)"),
    ];

    private readonly string _provider;
    private readonly ulong _types;

    /// <summary>Creates the scope of a provider.</summary>
    /// <param name="types">The types that the provider has lookups for.</param>
    public LookupScope(string provider, params IndicatorType[] types)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(types);
        _provider = provider;
        foreach (IndicatorType type in types)
        {
            _types |= Bit(type);
        }
    }

    /// <summary>The scope of a provider that looks up indicators of all types.</summary>
    public static LookupScope OfAll(string provider) => new(provider, Enum.GetValues<IndicatorType>());

    /// <summary>Decides about one indicator.</summary>
    /// <param name="reason">
    /// The reason why it is skipped, such as <c>Skipped 10.0.0.5: private address (10.0.0.0/8, RFC 1918).</c>; <c>null</c> if it is not.
    /// Text that it quotes is short and safe to show.
    /// </param>
    /// <exception cref="ArgumentNullException">The indicator is <c>null</c>.</exception>
    public LookupEligibility Judge(Indicator indicator, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        (LookupEligibility eligibility, string? why) = (_types & Bit(indicator.Type)) == 0
            ? (LookupEligibility.Unsupported, $"{_provider} has no lookup for {PluralOf(indicator.Type)}")
            : indicator.Type switch
            {
                IndicatorType.IPv4 or IndicatorType.IPv6 or IndicatorType.Domain => JudgeHost(indicator.Value, null),
                IndicatorType.Url => JudgeUrl(indicator.Value),
                _ => (LookupEligibility.Eligible, null),
            };
        reason = why is null ? null : SkippedBecause(indicator.Value, why);
        return eligibility;
    }

    /// <summary>Whether one indicator is looked up.</summary>
    /// <param name="includeNonPublic">
    /// Whether the user insists: <see cref="LookupEligibility.NotPublic"/> indicators are looked up too.
    /// </param>
    /// <param name="reason">Otherwise, the reason in a sentence; see <see cref="Judge"/>.</param>
    /// <exception cref="ArgumentNullException">The indicator is <c>null</c>.</exception>
    public bool IsEligible(Indicator indicator, bool includeNonPublic, [NotNullWhen(false)] out string? reason)
    {
        if (Judge(indicator, out reason) == LookupEligibility.NotPublic && includeNonPublic)
        {
            reason = null;
        }

        // Whatever is skipped has its reason, and nothing else has one.
        return reason is null;
    }

    /// <summary>The sentence for a text that is skipped.</summary>
    /// <param name="why">Why, without the full stop.</param>
    internal static string SkippedBecause(string value, string why) => $"{Skipped}{Show(value)}: {why}.";

    /// <summary>The part of such a sentence that says why, where a view shows the text itself beside it; another sentence as it is.</summary>
    internal static string WhySkipped(string value, string reason)
    {
        string beginning = $"{Skipped}{Show(value)}: ";
        return reason.StartsWith(beginning, StringComparison.Ordinal) ? reason[beginning.Length..] : reason;
    }

    private static (LookupEligibility, string?) JudgeUrl(string url)
    {
        ReadOnlySpan<char> host = CanonicalUrl.Host(url);
        return JudgeHost(host, $"host {Show(host.ToString())} is ");
    }

    /// <param name="subject">What goes before what the host is; <c>null</c> if the host is the indicator itself.</param>
    private static (LookupEligibility, string?) JudgeHost(ReadOnlySpan<char> host, string? subject)
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
            return (LookupEligibility.NotPublic, Of(subject, "a single label, which only a local network resolves"));
        }

        return block is null
            ? (LookupEligibility.Eligible, null)
            : (LookupEligibility.NotPublic, $"{Of(subject, block.Meaning!)} ({block.Prefix}, {block.Source})");
    }

    // "a private address" where it ends a sentence about a host, "private address" alone.
    private static string Of(string? subject, string meaning) =>
        subject is not null ? subject + meaning
        : meaning.Split(' ', 2) is ["a" or "an" or "the", { } noun] ? noun
        : meaning;

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

    private static string PluralOf(IndicatorType type) => type switch
    {
        IndicatorType.Md5 => "MD5 hashes",
        IndicatorType.Sha1 => "SHA-1 hashes",
        IndicatorType.Sha256 => "SHA-256 hashes",
        IndicatorType.IPv4 => "IPv4 addresses",
        IndicatorType.IPv6 => "IPv6 addresses",
        IndicatorType.Domain => "domains",
        IndicatorType.Url => "URLs",
        IndicatorType.Cve => "CVEs",
        IndicatorType.Email => "email addresses",
        _ => "texts that are not indicators",
    };

    private static ulong Bit(IndicatorType type) => 1UL << (int)type;

    private static string Show(string value) => DisplayText.Clean(value, ShownLength);
}
