namespace IocEnrich;

/// <summary>Why a text is not an indicator.</summary>
internal enum Rejection
{
    Empty,
    TooLong,
    SeveralWords,
    NoKnownForm,
    HashLength,
    Network,
    AddressNumber,
    AddressParts,
    LeadingZero,
    NotIPv6,
    NoTopLevelDomain,
    EmptyLabel,
    LabelTooLong,
    NameTooLong,
    HyphenAtEdge,
    HostCharacter,
    NotAName,
    NoHost,
    Port,
    Scheme,
    UrlCharacter,
    LocalPart,
    CveForm,
    Path,
}

/// <summary>The sentences that tell a person why a text is not an indicator.</summary>
internal static class Rejections
{
    private const int QuotedLength = 80;

    /// <summary>The whole sentence for a token.</summary>
    public static string Sentence(ReadOnlySpan<char> token, string why) => $"{Quote(token)} is not an indicator: {why}";

    /// <summary>The end of the sentence.</summary>
    /// <param name="rejection">What is wrong.</param>
    /// <param name="detail">The part of the token that is wrong.</param>
    public static string Describe(Rejection rejection, ReadOnlySpan<char> detail) => rejection switch
    {
        Rejection.Empty => "it is empty.",
        Rejection.TooLong => $"it is longer than {IndicatorParser.MaxLength} characters.",
        Rejection.SeveralWords => "it is more than one word.",
        Rejection.HashLength =>
            $"{detail.Length} hexadecimal digits are not an MD5 (32), SHA-1 (40) or SHA-256 (64) hash, the ones that VirusTotal knows a file by.",
        Rejection.Network => $"{Quote(detail)} is a network, and only single addresses can be looked up.",
        Rejection.AddressNumber => $"{Quote(detail)} in it is greater than 255, so it is not an IPv4 address.",
        Rejection.AddressParts => "it consists of numbers and dots, but an IPv4 address has exactly four numbers.",
        Rejection.LeadingZero =>
            $"{Quote(detail)} in it has a leading zero, which some programs read as octal. Write the address without it.",
        Rejection.NotIPv6 => $"{Quote(detail)} is not an IPv6 address.",
        Rejection.NoTopLevelDomain => $"{Quote(detail)} is not a top-level domain.",
        Rejection.EmptyLabel => $"the name {Quote(detail)} has an empty part between two dots.",
        Rejection.LabelTooLong => $"a part of the name {Quote(detail)} is longer than 63 characters.",
        Rejection.NameTooLong => "the name is longer than 253 characters.",
        Rejection.HyphenAtEdge => $"a part of the name {Quote(detail)} begins or ends with a hyphen.",
        Rejection.HostCharacter => $"a name cannot contain {Quote(detail)}.",
        Rejection.NotAName => $"{Quote(detail)} is not a valid international domain name.",
        Rejection.NoHost => "the URL has no host.",
        Rejection.Port => $"{Quote(detail)} is not a port number.",
        Rejection.Scheme => $"{Quote(detail)} is not the scheme of an http, https or ftp URL.",
        Rejection.UrlCharacter => $"a URL cannot contain {Quote(detail)}.",
        Rejection.LocalPart => $"{Quote(detail)} is not allowed before the @ of an email address.",
        Rejection.CveForm => "a CVE has a year of four digits and a number of at least four (CVE-2021-44228).",
        Rejection.Path => "it is a path without a host.",
        _ => "it does not look like an address, domain, URL, hash, CVE or email address.",
    };

    private static string Quote(ReadOnlySpan<char> text)
    {
        // One more than is shown, so that what is cut is marked as cut; never a whole novel.
        ReadOnlySpan<char> bounded = text.Length > QuotedLength + 1 ? text[..(QuotedLength + 1)] : text;
        string clean = DisplayText.Clean(bounded.ToString(), QuotedLength);
        if (clean.Length > QuotedLength + 1)
        {
            // What had to be made visible is longer than it was.
            int end = char.IsHighSurrogate(clean[QuotedLength - 1]) ? QuotedLength - 1 : QuotedLength;
            clean = $"{clean[..end]}…";
        }

        return $"\"{clean}\"";
    }
}
