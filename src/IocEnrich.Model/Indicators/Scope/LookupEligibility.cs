namespace IocEnrich;

/// <summary>Whether an indicator is asked at VirusTotal.</summary>
public enum LookupEligibility
{
    /// <summary>It is asked.</summary>
    Askable = 0,

    /// <summary>
    /// It is not asked unless the user insists: a private or otherwise reserved address, a name that only exists locally, or a URL with
    /// such a host. An answer would say nothing, and the question would tell a third party about the inside of a network.
    /// </summary>
    NotPublic,

    /// <summary>It cannot be asked: VirusTotal has no lookup for it.</summary>
    Unsupported,
}
