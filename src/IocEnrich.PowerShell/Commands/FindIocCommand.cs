using System.Collections;
using System.Management.Automation;
using System.Text;
using IocEnrich.PowerShell.Completion;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Input;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Finds indicators in text, files and objects, plain and defanged, with their locations. The output can be piped to Start-IocEnrichment.
/// </summary>
[Cmdlet(VerbsCommon.Find, "Ioc", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(IndicatorOccurrence))]
public sealed class FindIocCommand : PSCmdlet, IDisposable
{
    private const string InputObjectSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly CancellationTokenSource _stop = new();
    private readonly InputTally _notText = new();
    private readonly InputTally _notUnderstood = new();
    private IndicatorSearch _search = null!;

    /// <summary>
    /// The objects to search: strings, lines from Select-String, files from Get-ChildItem, and any other object, whose properties are
    /// searched: rows of Import-Csv, events of Get-WinEvent, JSON, XML.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object[]? InputObject { get; set; }

    /// <summary>The files to search. Wildcards are allowed. An email is read as an email.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files to search. The paths are used exactly as typed.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The types of indicators to return. By default, all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateSet(
        nameof(IndicatorType.IPv4), nameof(IndicatorType.IPv6), nameof(IndicatorType.Domain), nameof(IndicatorType.Url), nameof(IndicatorType.Md5),
        nameof(IndicatorType.Sha1), nameof(IndicatorType.Sha256), nameof(IndicatorType.Cve), nameof(IndicatorType.Email))]
    public IndicatorType[]? Type { get; set; }

    /// <summary>Returns only the first occurrence of each indicator.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>Also returns the host of a URL as an indicator of its own, after the URL.</summary>
    [Parameter]
    public SwitchParameter IncludeUrlHost { get; set; }

    /// <summary>
    /// The encoding of files that do not declare one. The default is UTF-8; if a file is not UTF-8, its encoding is guessed.
    /// </summary>
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
                Search(InputObject, new InputPath());
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        InputErrors.Report(this, _notText, KnownErrors.InputNotText);
        InputErrors.Report(this, _notUnderstood, KnownErrors.InputNotUnderstood);
    }

    /// <summary>Ctrl+C ends the search, also in a large file without indicators.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void Search(object? input, InputPath path)
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
            default:
                SearchObject(PSObject.AsPSObject(input), path);
                break;
        }
    }

    private void SearchObject(PSObject input, InputPath path)
    {
        if (FileOf(input) is { } file)
        {
            SearchFiles([file], expandWildcards: false);
            return;
        }

        if (!InputReader.TryShape(input, out InputShape shape, out InputReading.NotUnderstood? unreadable))
        {
            _notUnderstood.Add(unreadable.Problem);
            return;
        }

        switch (shape)
        {
            case InputShape.Items(IEnumerable values):
                SearchItems(input, values, path);
                break;
            case InputShape.Line(SelectedLine line):
                Write(_search.InLine(input, line));
                break;
            default:
                SearchOne(input, shape);
                break;
        }
    }

    private void SearchItems(PSObject input, IEnumerable values, InputPath path)
    {
        if (!path.TryEnter(input))
        {
            _notUnderstood.Add(InputProblems.Endless(input).Problem);
            return;
        }

        using GuardedList list = new(values);
        while (list.MoveNext())
        {
            Search(list.Current, path);
        }

        path.Leave();
        if (list.Failure is not null)
        {
            _notUnderstood.Add(InputProblems.Unreadable(input, "its items", list.Failure).Problem);
        }
    }

    private void SearchOne(PSObject input, InputShape shape)
    {
        ObjectSearch search = new(_search.InValue);
        bool any = Write(_search.InObject(input, shape, search));
        if (search.IsCutShort)
        {
            _notUnderstood.Add(InputProblems.TooLarge(input));
        }
        else if (!any && search.FailedProperty is { } property)
        {
            _notUnderstood.Add(InputProblems.PropertyThrew(input, property).Problem);
        }
        else if (!any && !search.HeldText && shape is not InputShape.Nothing)
        {
            _notText.Add(InputProblems.NoText(input));
        }
    }

    // Lines of Get-Content have a PSPath too, and are texts: so everything is bound by value, and this is the binding by name.
    private static string? FileOf(PSObject input)
    {
        try
        {
            return input.BaseObject is FileInfo file ? file.FullName
                : input.Properties["PSPath"]?.Value?.ToString() is { } path && path.Contains("FileSystem::", StringComparison.Ordinal) ? path
                : input.Properties[nameof(LiteralPath)]?.Value?.ToString();
        }
        catch (Exception exception) when (ForeignCode.IsItsOwn(exception))
        {
            // It is searched as the object that it is, and that says so.
            return null;
        }
    }

    private void SearchFiles(string[] paths, bool expandWildcards)
    {
        foreach (string file in InputFiles.Resolve(this, paths, expandWildcards))
        {
            Write(_search.InFile(file), file);
        }
    }

    /// <returns>Whether anything was found.</returns>
    private bool Write(IEnumerable<IndicatorOccurrence> found, string? file = null)
    {
        bool any = false;
        using IEnumerator<IndicatorOccurrence> occurrences = found.GetEnumerator();
        while (MoveNext(occurrences, file))
        {
            any = true;
            WriteObject(occurrences.Current);
        }

        return any;
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
