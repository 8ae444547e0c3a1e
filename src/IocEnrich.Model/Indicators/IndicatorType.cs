namespace IocEnrich;

/// <summary>What kind of indicator of compromise a text is.</summary>
#pragma warning disable CA1028 // ConvertTo-Json writes the names of an enumeration of 64 bits, and of any other the numbers, which nobody compares with a word.
public enum IndicatorType : long
#pragma warning restore CA1028
{
    /// <summary>Not an indicator. Only results have this type, for input that could not be parsed.</summary>
    Unknown = 0,

    /// <summary>An IPv4 address in dotted-decimal form.</summary>
    IPv4,

    /// <summary>An IPv6 address in the canonical form of RFC 5952.</summary>
    IPv6,

    /// <summary>A fully qualified domain name, in lower case and in its ASCII (punycode) form.</summary>
    Domain,

    /// <summary>An absolute http, https or ftp URL (ftps and sftp included), with a path and without a fragment.</summary>
    Url,

    /// <summary>An MD5 file hash: 32 lower-case hexadecimal digits.</summary>
    Md5,

    /// <summary>A SHA-1 file hash: 40 lower-case hexadecimal digits.</summary>
    Sha1,

    /// <summary>A SHA-256 file hash: 64 lower-case hexadecimal digits.</summary>
    Sha256,

    /// <summary>A CVE identifier. It is recognized, but VirusTotal has no lookup for it.</summary>
    Cve,

    /// <summary>An email address. It is recognized, but VirusTotal has no lookup for it.</summary>
    Email,
}
