using System.Collections;
using System.Management.Automation;
using System.Text;
using IocEnrich.PowerShell.Completion;
using IocEnrich.PowerShell.Input;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Finds the indicators in reports, mails and logs, plain and defanged, and tells where each stands. What it writes can be piped to
/// Start-IocEnrichment.
/// </summary>
[Cmdlet(VerbsCommon.Find, "Ioc", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(IndicatorOccurrence))]
public sealed class FindIocCommand : PSCmdlet, IDisposable
{
    private const string InputObjectSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly CancellationTokenSource _stop = new();
    private IndicatorSearch _search = null!;

    /// <summary>
    /// The text: strings, lines that Select-String found, or files as Get-ChildItem gives them, which are searched themselves.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object[]? InputObject { get; set; }

    /// <summary>Files to search; wildcards are expanded. A mail is read as a mail.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files to search; the names are taken as they are.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Only these kinds of indicators.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateSet(
        nameof(IndicatorType.IPv4), nameof(IndicatorType.IPv6), nameof(IndicatorType.Domain), nameof(IndicatorType.Url), nameof(IndicatorType.Md5),
        nameof(IndicatorType.Sha1), nameof(IndicatorType.Sha256), nameof(IndicatorType.Cve), nameof(IndicatorType.Email))]
    public IndicatorType[]? Type { get; set; }

    /// <summary>Each indicator only where it stands first.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>The host of a URL as an indicator of its own as well, behind the URL.</summary>
    [Parameter]
    public SwitchParameter IncludeUrlHost { get; set; }

    /// <summary>The encoding of files that do not tell theirs. Without it they are UTF-8, and where they are not that, it is guessed.</summary>
    [Parameter]
    [EncodingTransformation]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    [ValidateNotNull]
    public Encoding? Encoding { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        IndicatorExtractorOptions options = new() { Types = Type?.ToHashSet(), IncludeUrlHosts = IncludeUrlHost };
        _search = new IndicatorSearch(options, Unique, Encoding, note => DocumentWarnings.Write(this, note), _stop.Token);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                SearchFiles(Path, expandWildcards: true);
                break;
            case LiteralPathSet:
                SearchFiles(LiteralPath, expandWildcards: false);
                break;
            default:
                Search(InputObject);
                break;
        }
    }

    /// <summary>Ctrl+C ends the search, also in a large file that holds nothing.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void Search(object? input)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        switch (value)
        {
            case null or DirectoryInfo:
                // Get-ChildItem -Recurse brings the folders of the files as well.
                break;
            case string text:
                Write(_search.InText(text));
                break;
            case IList list:
                foreach (object? item in list)
                {
                    Search(item);
                }

                break;
            default:
                SearchObject(PSObject.AsPSObject(input));
                break;
        }
    }

    private void SearchObject(PSObject input)
    {
        if (SelectedLine.TryRead(input, out SelectedLine? line))
        {
            Write(_search.InLine(line));
        }
        else if ((input.Properties["PSPath"]?.Value ?? input.Properties[nameof(LiteralPath)]?.Value ?? (input.BaseObject as FileInfo)?.FullName) is { } path)
        {
            // Lines of Get-Content have a PSPath too, and are texts: so everything is bound by value, and this is the binding by name.
            SearchFiles([path.ToString()!], expandWildcards: false);
        }
        else
        {
            WriteError(InputErrors.NotText(input));
        }
    }

    private void SearchFiles(string[] paths, bool expandWildcards)
    {
        foreach (string file in InputFiles.Resolve(this, paths, expandWildcards))
        {
            Write(_search.InFile(file), file);
        }
    }

    private void Write(IEnumerable<IndicatorOccurrence> found, string? file = null)
    {
        using IEnumerator<IndicatorOccurrence> occurrences = found.GetEnumerator();
        while (MoveNext(occurrences, file))
        {
            WriteObject(occurrences.Current);
        }
    }

    // Apart from the writing: what a later command of the pipeline throws is not the file's fault.
    private bool MoveNext(IEnumerator<IndicatorOccurrence> occurrences, string? file)
    {
        try
        {
            return occurrences.MoveNext();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception exception) when (file is not null && InputFiles.IsUnreadable(exception))
        {
            WriteError(InputErrors.FileUnreadable(file, exception));
            return false;
        }
    }
}
