using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;
using IocEnrich.Engine.Orchestration;
using IocEnrich.PowerShell.Errors;

namespace IocEnrich.PowerShell.Input;

/// <summary>
/// Reads what a pipeline and files bring, and hands each indicator on: to a job, or to whoever only counts. What holds none is told at the
/// end, each kind once.
/// </summary>
/// <param name="cmdlet">The command that reads: its warnings and errors, and whether it is being stopped.</param>
/// <param name="properties">The properties to look at; none to look at the known columns.</param>
internal sealed class JobFeed(PSCmdlet cmdlet, IReadOnlyList<string> properties)
{
    // What Get-FileHash gives. The type lives in an assembly that a host of the engine need not have.
    private const string FileHashType = "Microsoft.PowerShell.Commands.FileHashInfo";

    private readonly InputReader _reader = new(properties);
    private readonly InputTally _notUnderstood = new();
    private Action<IndicatorText>? _take;
    private EnrichmentJob? _job;

    /// <summary>From now on indicators go to a job.</summary>
    internal void Begin(EnrichmentJob job)
    {
        _job = job;
        _take = text => Give(job, text);
    }

    /// <summary>From now on indicators are handed on.</summary>
    internal void Begin(Action<IndicatorText> take) => _take = take;

    /// <summary>Reads an object of the pipeline.</summary>
    internal void Read(object? input)
    {
        SuggestPath(input);
        Read(input, SourceOf(input));
    }

    /// <summary>Reads the indicators in a list, a table or a JSON file.</summary>
    /// <param name="encoding">How its text is encoded; <see langword="null"/> to find out.</param>
    internal void ReadFile(string path, Encoding? encoding)
    {
        if (_take is not null)
        {
            IndicatorList.Read(cmdlet, path, encoding, Read);
        }
    }

    /// <summary>Tells what was not understood, and what a job does not hold.</summary>
    internal void Complete()
    {
        InputErrors.Report(cmdlet, _notUnderstood, KnownErrors.InputNotUnderstood);
        if (_job?.SourcesLeftOut is > 0 and { } leftOut)
        {
            cmdlet.WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"The job keeps the first {EnrichmentJob.MaxSources:N0} objects as the Source of their results. {leftOut:N0} more were read; their Source is only the text."));
        }
    }

    /// <returns>Whether there was anything: an indicator, or something that is none.</returns>
    private bool Read(object? input, InputSource source)
    {
        bool any = false;
        if (_take is not { } take)
        {
            return false;
        }

        foreach (InputReading reading in _reader.Read(input))
        {
            if (cmdlet.Stopping)
            {
                return any;
            }

            switch (reading)
            {
                case InputReading.Indicators indicators:
                    any = true;
                    foreach (IndicatorText text in indicators.Texts)
                    {
                        take(text with { Source = source });
                    }

                    if (indicators.Unread is not null)
                    {
                        _notUnderstood.Add(indicators.Unread);
                    }

                    break;
                case InputReading.NotUnderstood(InputProblem problem):
                    any = true;
                    _notUnderstood.Add(problem);
                    break;
            }
        }

        return any;
    }

    private static void Give(EnrichmentJob job, IndicatorText text)
    {
        if (text.SkipReason is not null)
        {
            job.Skip(text.Text, text.SkipReason, text.Source);
        }
        else if (text.Place is not null)
        {
            job.Add(text.Place, text.Source.Item);
        }
        else if (text.Indicator is not null)
        {
            job.Add(text.Indicator, text.Text, text.Source);
        }
        else
        {
            job.Add(text.Text, text.Source);
        }
    }

    // "list.md" is a name under a top-level domain as well as the name of a file.
    private void SuggestPath(object? input)
    {
        if (!cmdlet.MyInvocation.ExpectingInput && input is string text && InputFiles.IsNameOfFile(cmdlet, text))
        {
            string file = CodeGeneration.EscapeSingleQuotedStringContent(DisplayText.Clean(text));
            cmdlet.WriteWarning($"'{file}' was read as an indicator, but there is also a file of that name. To look up the indicators in the file: Start-IocEnrichment -LiteralPath '{file}'");
        }
    }

    // A bare text is its own source, and nothing more is held of it.
    private static InputSource SourceOf(object? input)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        return value is null or string or Indicator || value.GetType().IsPrimitive ? default
            : value is IndicatorOccurrence { InputObject: { } found } ? new InputSource(found)
            : PSObject.AsPSObject(input) is { } hashed && hashed.TypeNames.Contains(FileHashType) ? new InputSource(input, hashed.Properties["Path"]?.Value as string)
            : new InputSource(input);
    }
}
