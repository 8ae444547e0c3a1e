namespace IocEnrich.PowerShell.Session;

/// <summary>Where the value of an option comes from, in ascending order of precedence. A parameter overrides all of them.</summary>
public enum OptionSource
{
    /// <summary>The built-in default.</summary>
    Default = 0,

    /// <summary>A file, such as the configuration of the provider's own command line.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>Set-IocEnrichmentOption, in this session.</summary>
    Session,
}
