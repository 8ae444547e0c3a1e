namespace IocEnrich;

/// <summary>Whether an indicator is looked up at a provider.</summary>
public enum LookupEligibility
{
    /// <summary>It is looked up.</summary>
    Eligible = 0,

    /// <summary>
    /// It is skipped unless the user insists: a private or otherwise reserved address, a name that only exists locally, or a URL with
    /// such a host. An answer would say nothing, and the request would tell a third party about the inside of a network.
    /// </summary>
    NotPublic,

    /// <summary>It is skipped: the provider has no lookup for its type.</summary>
    Unsupported,
}
