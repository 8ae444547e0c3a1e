namespace IocEnrich;

/// <summary>Whether a provider looks up an indicator.</summary>
public enum LookupEligibility
{
    /// <summary>The provider looks it up.</summary>
    Eligible = 0,

    /// <summary>
    /// Skipped by default: a private or otherwise reserved address, a name that exists only locally, or a URL with such a host. An answer
    /// would say nothing, and the request would reveal the internal network to a third party.
    /// </summary>
    NotPublic,

    /// <summary>Skipped: the provider has no lookup for its type.</summary>
    Unsupported,
}
