namespace IocEnrich.PowerShell.Session;

/// <summary>Where the value of an option comes from, the weakest first: each goes before those above it, and a parameter before all.</summary>
public enum OptionSource
{
    /// <summary>Nobody has set it.</summary>
    Default = 0,

    /// <summary>A file, such as the one of the provider's own command line.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>Set-IocEnrichmentOption, in this session.</summary>
    Session,
}
