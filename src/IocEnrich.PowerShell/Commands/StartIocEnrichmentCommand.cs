using System.Management.Automation;
using System.Text;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.PowerShell.Completion;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Input;
using IocEnrich.PowerShell.Jobs;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Starts a background job that looks up indicators in VirusTotal, in parallel. The first lookup starts before the last indicator has been
/// read.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "IocEnrichment", DefaultParameterSetName = IndicatorSet, SupportsShouldProcess = true)]
[OutputType(typeof(IocEnrichmentJob))]
public sealed class StartIocEnrichmentCommand : ProviderCommand, IDisposable
{
    private const string IndicatorSet = "Indicator";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private JobFeed _feed = null!;
    private IReadOnlyList<string> _files = [];
    private WhatIfCount? _whatIf;
    private StoreOpening? _opening;
    private EnrichmentJob? _started;
    private IocEnrichmentJob? _job;
    private bool _inputComplete;

    /// <summary>
    /// The indicators: strings, or objects with a property that holds one, such as the rows of Import-Csv or the hashes of Get-FileHash.
    /// docs/input.md lists the objects and properties.
    /// </summary>
    [Parameter(ParameterSetName = IndicatorSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Ioc", "Value", "Hash", "SHA256", "SHA1", "MD5", "IP", "IPAddress", "RemoteAddress", "SourceIP", "DestinationIP", "Url", "Domain", "Hostname")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object[]? Indicator { get; set; }

    /// <summary>
    /// The properties of an object that hold its indicators, if they are not among the known ones. All are read. A dot goes into an object:
    /// source.ip.
    /// </summary>
    [Parameter(ParameterSetName = IndicatorSet)]
    [ValidateNotNullOrEmpty]
    public string[] Property { get; set; } = [];

    /// <summary>Files with one indicator per line. Wildcards are allowed. Blank lines and # comments are ignored.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files with one indicator per line. The paths are used exactly as typed.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// The encoding of files that do not declare one. The default is UTF-8; if a file is not UTF-8, its encoding is guessed.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [EncodingTransformation]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    [ValidateNotNull]
    public Encoding? Encoding { get; set; }

    /// <summary>
    /// Also looks up private and otherwise reserved addresses, and names that exist only locally. By default they are skipped: a lookup
    /// would reveal the internal network.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeNonPublic { get; set; }

    /// <summary>The name of the job. By default, PowerShell creates one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The number of lookups that run at once: 1 to 1024, 4 by default. It does not set the rate.</summary>
    [Parameter]
    [ValidateRange(1, EnrichmentJobOptions.MaxThrottleLimit)]
    public int? ThrottleLimit { get; set; }

    /// <summary>
    /// The number of requests the key may make in any 60 seconds: 4 by default, the limit of a public key; 0 for no limit. All jobs,
    /// sessions and processes of the user on this machine that use the key share it.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>The number of requests the key may make in a day, which begins at 00:00 UTC: 500 by default; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? RequestsPerDay { get; set; }

    /// <summary>
    /// The maximum age of a cached report: a day by default. Zero looks everything up again; the answers are still cached.
    /// </summary>
    [Parameter]
    [ValidateAge]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>The maximum age of a cached "never seen": 4 hours by default, or -MaxAge if that is less.</summary>
    [Parameter]
    [ValidateAge]
    public TimeSpan? NotFoundMaxAge { get; set; }

    /// <summary>Bypasses the cache: neither reads nor stores answers. Requests still count against the quota.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>
    /// Adds the whole report to each result, as objects in the property Report. It comes with the same request, or from the cache.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeReport { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _feed = new JobFeed(this, Property);
        Uri endpoint = ReadEndpoint();
        ProxySettings? proxy = ReadProxy(endpoint);
        _files = ParameterSetName switch
        {
            PathSet => InputFiles.Resolve(this, Path, expandWildcards: true),
            LiteralPathSet => InputFiles.Resolve(this, LiteralPath, expandWildcards: false),
            _ => [],
        };
        if (ParameterSetName != IndicatorSet && _files.Count == 0)
        {
            // Each missing file has had its error.
            return;
        }

        if (IsWhatIf())
        {
            _whatIf = new WhatIfCount(Provider, DisplayText.Clean(endpoint.Host), IncludeNonPublic);
            _feed.Begin(_whatIf.Add);
            return;
        }

        ProviderSettings settings = ReadSettings(endpoint) with { KeepReports = IncludeReport || UsesStore };
        if (ShouldProcess(DisplayText.Clean(endpoint.Host), $"Look up indicators in {Provider.Name}"))
        {
            _job = StartJob(settings, HttpPools.For(endpoint, proxy));
            _feed.Begin(_job.Enrichment);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != IndicatorSet)
        {
            return;
        }

        _opening?.TellIfOpen(this);
        foreach (object? input in Indicator ?? [])
        {
            _feed.Read(input);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (string file in _files)
        {
            _feed.ReadFile(file, Encoding);
        }

        _feed.Complete();

        if (_whatIf is not null)
        {
            ShouldProcess(_whatIf.Target, _whatIf.Action);
        }
        else if (_job is not null)
        {
            // A warning may end the command ($WarningPreference): then the job is stopped, because nobody has it in hand.
            _opening?.Complete(this);
            _inputComplete = true;
            _job.Enrichment.CompleteInput();
            WriteObject(_job);
        }
    }

    /// <summary>Ctrl+C in the pipeline that feeds the job also ends the job.</summary>
    protected override void StopProcessing() => StopIfInputIsMissing();

    /// <summary>Stops a job whose input was cut off: nobody has a reference to it, and it would wait for the rest forever.</summary>
    public void Dispose() => StopIfInputIsMissing();

    // Ctrl+C while a later command of the pipeline waits for the results ends the wait, and not the job: as with PowerShell's own jobs.
    private void StopIfInputIsMissing()
    {
        if (!_inputComplete)
        {
            _started?.Stop();
        }
    }

    private IocEnrichmentJob StartJob(ProviderSettings settings, HttpMessageInvoker http)
    {
        _opening = OpenStore(settings);
        EnrichmentOrchestrator orchestrator = EnrichmentSession.Current.Orchestrator;
        orchestrator.MaxJobs = Options.Get(SessionOptions.MaximumJobCount);
        EnrichmentJobOptions jobOptions = JobOptions(settings, _opening.Cache);
        try
        {
            // From here on the command ends the job with itself, whatever ends it: the next warning or verbose line may.
            _started = orchestrator.Start(Provider.Connect(http, settings), jobOptions, out IReadOnlyList<EvictedJob> evicted);
            IocEnrichmentJob job = new(Name, DisplayText.Clean(settings.Endpoint.Host), orchestrator, _started, JobRepository);
            JobRepository.Add(job);
            TakeOffTheList(evicted);
            WriteVerbose($"Job {job.Id} ({DisplayText.Clean(job.Name)}) looks up indicators at {job.Location}, {jobOptions.ThrottleLimit} at once.");
            return job;
        }
        catch (JobLimitException limit)
        {
            _opening.Complete(this);
            KnownErrors.TooManyJobs.Report(this, limit, limit.MaxJobs);
            throw;
        }
    }

    private EnrichmentJobOptions JobOptions(ProviderSettings settings, Task<JobCache?> cache) => new()
    {
        ThrottleLimit = ThrottleLimit ?? Options.Get(SessionOptions.ThrottleLimit),
        IncludeNonPublic = IncludeNonPublic,
        Limits = new QuotaLimits
        {
            RequestsPerMinute = RequestsPerMinute ?? Options.Get(SessionOptions.RequestsPerMinute),
            RequestsPerDay = RequestsPerDay ?? Options.Get(SessionOptions.RequestsPerDay),
        },
        KeyContext = KeyContexts.Of(settings.Endpoint, settings.ApiKey),
        Cache = cache,
        ReportForm = IncludeReport ? ReportObject.Of : null,
    };

    /// <summary>
    /// What is known already, and the ledger of the account, which counts even where nothing is kept. The job runs without them where the
    /// store cannot be used, and the user is told.
    /// </summary>
    private StoreOpening OpenStore(ProviderSettings settings)
    {
        // What the session and the parameters say is read here: the other thread has no session.
        bool usesStore = UsesStore;
        bool withReport = IncludeReport;
        CacheFreshness freshness = Freshness;
        ProviderDefinition provider = Provider;
        return new StoreOpening(
            SessionStore.Path,
            store =>
            {
                KeyContexts.Of(settings.Endpoint, settings.ApiKey, store);
                return usesStore ? new JobCache(store, provider, settings.Endpoint, freshness, settings.Thresholds, withReport) : null;
            },
            cost: usesStore ? "every lookup costs a request, no answer is cached, and " : "");
    }

    private bool UsesStore => !(MyInvocation.BoundParameters.ContainsKey(nameof(NoCache)) ? NoCache.IsPresent : Options.Get(SessionOptions.NoCache));

    private CacheFreshness Freshness
    {
        get
        {
            CacheFreshness freshness = new() { Found = MaxAge ?? Options.Get(SessionOptions.MaxAge) };
            if (NotFoundMaxAge is { } given)
            {
                return freshness with { NotFound = given };
            }

            if (!Options.IsSet(SessionOptions.NotFoundMaxAge))
            {
                return freshness;
            }

            // Who gives -MaxAge means "never seen" as well: an option does not make it older than that.
            TimeSpan set = Options.Get(SessionOptions.NotFoundMaxAge);
            return freshness with { NotFound = MaxAge < set ? MaxAge.Value : set };
        }
    }

    private void TakeOffTheList(IReadOnlyList<EvictedJob> evicted)
    {
        foreach (EvictedJob gone in evicted)
        {
            // Not disposed: a variable that holds it still receives.
            IocEnrichmentJob? job = JobRepository.Jobs.OfType<IocEnrichmentJob>().FirstOrDefault(job => job.Enrichment == gone.Job);
            if (job is null)
            {
                continue;
            }

            JobRepository.Remove(job);
            if (gone.HadResultsLeft)
            {
                WriteWarning($"Job {job.Id} ({DisplayText.Clean(job.Name)}) was removed from the session's list to make room, but some of its results were not received. They can only be received from a variable that holds the job.");
            }
        }
    }

    private bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? bound)
            ? ((SwitchParameter)bound).IsPresent
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));
}
