using System.Management.Automation;

namespace IocEnrich.PowerShell.Errors;

/// <summary>
/// Every error of this module that has an id of its own, in one place. <c>docs/errors.md</c> lists the same; a test compares the two.
/// </summary>
internal static class KnownErrors
{
    private const string LookUpAgain = "Retry the failed lookups: $results | Where-Object Status -eq Failed | Start-IocEnrichment";

    // Input

    internal static readonly ErrorDefinition InputNotUnderstood = new(
        nameof(InputNotUnderstood), ErrorCategory.InvalidArgument, EndsCommand: false,
        "Name the properties that hold indicators with -Property, or search the object's text: ... | Out-String | Find-Ioc | Start-IocEnrichment");

    internal static readonly ErrorDefinition InputNotText = new(
        nameof(InputNotText), ErrorCategory.InvalidType, EndsCommand: false,
        "Pipe strings, lines from Select-String, or files. Out-String converts any object to text: ... | Out-String | Find-Ioc");

    internal static readonly ErrorDefinition FileNotFound = new(
        nameof(FileNotFound), ErrorCategory.ObjectNotFound, EndsCommand: false,
        "Check the path. -Path treats *, ? and [ ] as wildcards; -LiteralPath uses the path exactly as typed.");

    internal static readonly ErrorDefinition FileUnreadable = new(
        nameof(FileUnreadable), ErrorCategory.ReadError, EndsCommand: false,
        "Check that this account can read the file and that no other program has locked it.");

    // Jobs

    internal static readonly ErrorDefinition JobNotFound = new(
        nameof(JobNotFound), ErrorCategory.ObjectNotFound, EndsCommand: false,
        "List the jobs of this session with Get-IocEnrichmentJob. A job exists only in the session that started it.");

    internal static readonly ErrorDefinition NotAnEnrichmentJob = new(
        nameof(NotAnEnrichmentJob), ErrorCategory.InvalidType, EndsCommand: false,
        "Use Receive-Job for this job. Get-IocEnrichmentJob lists only enrichment jobs.");

    internal static readonly ErrorDefinition TooManyJobs = new(
        nameof(TooManyJobs), ErrorCategory.LimitsExceeded, EndsCommand: true,
        "Wait for a job to end (Get-IocEnrichmentJob | Wait-Job -Any), or stop one (Stop-Job). Then start this job again.");

    internal static readonly ErrorDefinition JobEndedEarly = new(
        nameof(JobEndedEarly), Category: null, EndsCommand: false, RecommendedAction: null);

    // The call

    internal static readonly ErrorDefinition ParametersContradict = new(
        nameof(ParametersContradict), ErrorCategory.InvalidArgument, EndsCommand: true,
        "Add or remove the parameter that the message names. Get-Help describes what each parameter requires.");

    internal static readonly ErrorDefinition EndpointNotAllowed = new(
        nameof(EndpointNotAllowed), ErrorCategory.InvalidArgument, EndsCommand: true,
        "Omit -Endpoint to use {provider}, or specify an https address. Plain http is allowed only to this machine.");

    internal static readonly ErrorDefinition ProxyNotAllowed = new(
        nameof(ProxyNotAllowed), ErrorCategory.InvalidArgument, EndsCommand: true,
        "Specify the proxy as in -Proxy http://proxy.example.com:8080, or omit it to use the system's proxy.");

    internal static readonly ErrorDefinition ApiKeyMissing = new(
        nameof(ApiKeyMissing), ErrorCategory.AuthenticationError, EndsCommand: true,
        "Set {variable}, or use -ApiKey (Read-Host -AsSecureString). The key is on {page}.");

    internal static readonly ErrorDefinition ApiKeyUnusable = new(
        nameof(ApiKeyUnusable), ErrorCategory.AuthenticationError, EndsCommand: true,
        "Copy the key again from {page}: {shape}, without quotes or line breaks.");

    // Options

    internal static readonly ErrorDefinition OptionNotFound = new(
        nameof(OptionNotFound), ErrorCategory.ObjectNotFound, EndsCommand: false,
        "List the options with Get-IocEnrichmentOption.");

    internal static readonly ErrorDefinition CachePathNotAllowed = new(
        nameof(CachePathNotAllowed), ErrorCategory.InvalidArgument, EndsCommand: true,
        "Specify a file, or a folder for it. The cached answers are not lost: they stay where they are.");

    // The quota

    internal static readonly ErrorDefinition QuotaNotTold = new(
        nameof(QuotaNotTold), ErrorCategory.ResourceUnavailable, EndsCommand: false,
        "Check the key, the connection and -Endpoint, and try again. Local counts are still shown.");

    // The store

    internal static readonly ErrorDefinition StoreUnusable = new(
        nameof(StoreUnusable), ErrorCategory.ResourceUnavailable, EndsCommand: true,
        "Do what the message says, or set $env:IOCENRICH_CACHE to another file. Lookups work without the cache, but each one costs a request.");

    // Lookups: the ids are the names of the kinds

    private static readonly Dictionary<EnrichmentErrorKind, ErrorDefinition> Lookups = new()
    {
        [EnrichmentErrorKind.Network] = Lookup(
            EnrichmentErrorKind.Network, ErrorCategory.ConnectionError,
            "Check the connection, the firewall and the proxy (-Proxy, $env:HTTPS_PROXY). " + LookUpAgain),
        [EnrichmentErrorKind.NameResolution] = Lookup(
            EnrichmentErrorKind.NameResolution, ErrorCategory.ConnectionError,
            "Check that this machine is online, and the spelling of -Endpoint and -Proxy. " + LookUpAgain),
        [EnrichmentErrorKind.Tls] = Lookup(
            EnrichmentErrorKind.Tls, ErrorCategory.SecurityError,
            "Check this machine's clock. If a proxy inspects TLS, this machine must trust its certificate authority. " + LookUpAgain),
        [EnrichmentErrorKind.Timeout] = Lookup(
            EnrichmentErrorKind.Timeout, ErrorCategory.OperationTimeout,
            "Increase -TimeoutSec, or reduce -ThrottleLimit. " + LookUpAgain),
        [EnrichmentErrorKind.ServiceFault] = Lookup(
            EnrichmentErrorKind.ServiceFault, ErrorCategory.ResourceUnavailable,
            "Wait until the service has recovered. " + LookUpAgain),
        [EnrichmentErrorKind.UnreadableAnswer] = Lookup(
            EnrichmentErrorKind.UnreadableAnswer, ErrorCategory.InvalidData,
            "Check -Endpoint, and whether a proxy or a login page answers instead of the service. " + LookUpAgain),
        [EnrichmentErrorKind.Rejected] = Lookup(
            EnrichmentErrorKind.Rejected, ErrorCategory.InvalidArgument,
            "Check the indicator. Another lookup would not help."),
        [EnrichmentErrorKind.KeyRefused] = Lookup(
            EnrichmentErrorKind.KeyRefused, ErrorCategory.AuthenticationError,
            "Check the key on {page}, and that the email address of the account is confirmed. Then start the same list again."),
        [EnrichmentErrorKind.ProxyRefused] = Lookup(
            EnrichmentErrorKind.ProxyRefused, ErrorCategory.AuthenticationError,
            "Use -Proxy with -ProxyCredential or -ProxyUseDefaultCredentials. Then start the same list again."),
        [EnrichmentErrorKind.QuotaExceeded] = Lookup(
            EnrichmentErrorKind.QuotaExceeded, ErrorCategory.QuotaExceeded,
            "Wait until the quota renews: days and months begin at 00:00 UTC. " + LookUpAgain),
        [EnrichmentErrorKind.ServiceDown] = Lookup(
            EnrichmentErrorKind.ServiceDown, ErrorCategory.ResourceUnavailable,
            "Check the connection, the proxy and -Endpoint, and whether the service is up. " + LookUpAgain),
        [EnrichmentErrorKind.Stopped] = Lookup(
            EnrichmentErrorKind.Stopped, ErrorCategory.OperationStopped, LookUpAgain),
        [EnrichmentErrorKind.Internal] = Lookup(
            EnrichmentErrorKind.Internal, ErrorCategory.NotSpecified,
            "Report it, with the output of Get-Error. " + LookUpAgain),
    };

    /// <summary>The error of an indicator that has no answer.</summary>
    internal static ErrorDefinition OfLookup(EnrichmentErrorKind kind) => Lookups[kind];

    private static ErrorDefinition Lookup(EnrichmentErrorKind kind, ErrorCategory category, string action) => new(kind.ToString(), category, EndsCommand: false, action);
}
