using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>
/// Compares an answer with the question. Whatever in the answer names an object must name the one that was asked for: a report about
/// another one, from a cache that mixes its entries up or as a response that was slipped into a connection, is worse than none.
/// </summary>
/// <remarks>
/// Source: "URL identifiers" in the description of the API. The id of a file is its SHA-256, that of a URL the SHA-256 of its canonical
/// form, in which two URLs "that differ only in minor aspects, like some escaped characters" are one; those of domains and addresses are
/// themselves.
/// </remarks>
internal static class AskedObject
{
    private static readonly System.Globalization.IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>Whether a report is about the indicator that was asked for.</summary>
    /// <param name="mismatch">Where it is not, what it is about, as the end of "a report …"; not cleaned.</param>
    internal static bool IsAnsweredBy(Indicator asked, VirusTotalReport report, [NotNullWhen(false)] out string? mismatch)
    {
        mismatch = report.Type is null ? "that does not give the type of its object"
            : report.Type != TypeOf(asked.Type) ? $"about an object of the type {report.Type}"
            : IsNamed(asked, report) ? null
            : report.Url is { } url ? $"about {url}"
            : report.Id is { } id ? $"about {id}"
            : "that does not say which object it is about";
        return mismatch is null;
    }

    /// <summary>Whether "not found" was said of the indicator that was asked for: its message quotes the id.</summary>
    /// <param name="message">The service's message, such as <c>File "…" not found</c>; one that quotes nothing says nothing else.</param>
    internal static bool IsNamedBy(Indicator asked, string? message)
    {
        int start = message?.IndexOf('"', StringComparison.Ordinal) + 1 ?? 0;
        int end = message?.LastIndexOf('"') ?? 0;
        if (start == 0 || end < start)
        {
            return true;
        }

        string quoted = message![start..end];
        return asked.Type switch
        {
            IndicatorType.Url => quoted == VirusTotalAddresses.UrlId(asked.Value) || (quoted.Length == 64 && IsAHash(quoted)) || IsSameUrl(asked.Value, quoted),
            IndicatorType.Domain => IsSameName(quoted, asked.Value),
            IndicatorType.IPv4 or IndicatorType.IPv6 => IsSameAddress(quoted, asked.Value),
            _ => IsSame(quoted, asked.Value),
        };
    }

    private static string TypeOf(IndicatorType type) => type switch
    {
        IndicatorType.Md5 or IndicatorType.Sha1 or IndicatorType.Sha256 => "file",
        IndicatorType.Domain => "domain",
        IndicatorType.IPv4 or IndicatorType.IPv6 => "ip_address",
        IndicatorType.Url => "url",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "VirusTotal has no object of this type."),
    };

    private static bool IsNamed(Indicator asked, VirusTotalReport report) => asked.Type switch
    {
        IndicatorType.Domain => report.Id is { } id && IsSameName(id, asked.Value),
        IndicatorType.IPv4 or IndicatorType.IPv6 => report.Id is { } id && IsSameAddress(id, asked.Value),
        IndicatorType.Url => IsUrl(asked.Value, report),
        _ => IsFile(asked, report),
    };

    private static bool IsFile(Indicator asked, VirusTotalReport report)
    {
        // The id is what the link leads to: it may not be another file's than the attributes are.
        if (report.Id is { } id && !(IsAHash(id) && IsSameOrOther(id, report.Sha256) && IsSameOrOther(id, asked.Value)))
        {
            return false;
        }

        string? stated = asked.Type switch
        {
            IndicatorType.Md5 => report.Md5,
            IndicatorType.Sha1 => report.Sha1,
            _ => report.Sha256,
        };
        stated = stated is not null && IsAHash(stated) ? stated : report.Id;
        return stated is not null && IsSame(stated, asked.Value);
    }

    private static bool IsUrl(string asked, VirusTotalReport report)
    {
        if (report.Url is { } url && url != asked && !IsSameUrl(asked, url))
        {
            return false;
        }

        return report.Id is not { } id
            ? report.Url is not null
            : IsSha256(id, report.Url ?? asked) || (report.Url is not null && IsSha256(id, asked)) || id == asked || id == VirusTotalAddresses.UrlId(asked);
    }

    /// <summary>Whether two URLs differ in nothing but how they are written.</summary>
    private static bool IsSameUrl(string asked, string other) =>
        Indicator.TryParse(other, out Indicator? read, out _) && read.Type == IndicatorType.Url
        && (read.Value == asked || WrittenAlike.Url(read.Value) == WrittenAlike.Url(asked));

    /// <summary>Whether two names are one: in whatever case, script or Punycode, with the root's dot or without.</summary>
    private static bool IsSameName(string name, string asked)
    {
        name = name.EndsWith('.') ? name[..^1] : name;
        if (Ascii.IsValid(name))
        {
            return IsSame(name, asked);
        }

        try
        {
            return IsSame(Idn.GetAscii(name.ToLowerInvariant()), asked);
        }
        catch (ArgumentException)
        {
            // IdnMapping has no Try form: what has no ASCII form is no name.
            return false;
        }
    }

    /// <summary>Whether two addresses are one, however IPv6 is written. IPv4 has one form; what else is read as one is ambiguous.</summary>
    private static bool IsSameAddress(string text, string asked)
    {
        if (text == asked)
        {
            return true;
        }

        return text.Contains(':', StringComparison.Ordinal) && !text.AsSpan().ContainsAny("%[]/")
            && IPAddress.TryParse(text, out IPAddress? address)
            && (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).Equals(IPAddress.Parse(asked));
    }

    private static bool IsSame(string text, string asked) => Ascii.EqualsIgnoreCase(text, asked);

    /// <summary>Whether a text is a hash in hexadecimal: of an MD5's length, a SHA-1's or a SHA-256's.</summary>
    internal static bool IsAHash(string text) => text.Length is 32 or 40 or 64 && text.All(char.IsAsciiHexDigit);

    // Hashes of two kinds say nothing of one another.
    private static bool IsSameOrOther(string hash, string? other) => other is null || other.Length != hash.Length || !IsAHash(other) || IsSame(hash, other);

    private static bool IsSha256(string id, string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return IsSame(id, Convert.ToHexString(hash));
    }
}
