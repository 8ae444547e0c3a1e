using System.Globalization;
using System.Management.Automation;
using IocEnrich.Engine.Sqlite;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Input;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Removes answers from the cache, so that their indicators are looked up again: all answers, old ones, or those for some indicators.
/// </summary>
[Cmdlet(VerbsCommon.Clear, "IocEnrichmentCache", SupportsShouldProcess = true)]
public sealed class ClearIocEnrichmentCacheCommand : PSCmdlet
{
    private readonly InputReader _input = new([]);
    private readonly InputTally _notUnderstood = new();
    private readonly List<Indicator> _indicators = [];

    /// <summary>Removes only answers older than this.</summary>
    [Parameter]
    [ValidateAge]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>
    /// Removes only the answers for these indicators: strings, or objects with a property that holds one, such as results.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Ioc", "Value")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object[]? Indicator { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object? input in Indicator ?? [])
        {
            foreach (InputReading reading in _input.Read(input))
            {
                if (reading is InputReading.NotUnderstood(InputProblem problem))
                {
                    _notUnderstood.Add(problem);
                }
                else if (reading is InputReading.Indicators indicators)
                {
                    Take(input, indicators);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        InputErrors.Report(this, _notUnderstood, KnownErrors.InputNotUnderstood);

        // A pipeline that brought nothing means nothing, and not everything.
        bool some = MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(Indicator));
        IReadOnlyCollection<Indicator>? indicators = some ? [.. _indicators.Distinct()] : null;
        try
        {
            long count = SessionStore.Use(this, store => store.Count(OlderThan, indicators));
            if (ShouldProcess(DisplayText.Clean(SessionStore.Path), string.Create(CultureInfo.InvariantCulture, $"Remove {count} cached answers")))
            {
                long dropped = SessionStore.Use(this, store => store.Clear(OlderThan, indicators));
                WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{dropped} cached answers were removed from {DisplayText.Clean(SessionStore.Path)}."));
            }
        }
        catch (StoreUnusableException unusable)
        {
            KnownErrors.StoreUnusable.Report(this, unusable, SessionStore.Path);
        }
    }

    private void Take(object? input, InputReading.Indicators indicators)
    {
        foreach (IndicatorText text in indicators.Texts)
        {
            if (text.Indicator is { } found || IocEnrich.Indicator.TryParse(text.Text, out found, out string? reason))
            {
                _indicators.Add(found);
            }
            else
            {
                WriteError(InputErrors.NoIndicator(input, reason));
            }
        }

        if (indicators.Unread is not null)
        {
            _notUnderstood.Add(indicators.Unread);
        }
    }
}
