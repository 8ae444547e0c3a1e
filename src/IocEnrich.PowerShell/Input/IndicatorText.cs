using IocEnrich.Engine.Orchestration;

namespace IocEnrich.PowerShell.Input;

/// <summary>One text of the input of a job.</summary>
/// <param name="Text">The text, to be read as one indicator.</param>
/// <param name="Indicator">The indicator that it means, where it has been read already.</param>
/// <param name="Place">Where it was found, if in a text.</param>
/// <param name="SkipReason">Why it is no indicator, whatever it looks like.</param>
/// <param name="Source">What it came with.</param>
internal readonly record struct IndicatorText(
    string Text, Indicator? Indicator = null, IndicatorOccurrence? Place = null, string? SkipReason = null, InputSource Source = default)
{
    /// <summary>How long the indicator is: of the hashes of a file the longest is the strongest.</summary>
    internal int Length => (Indicator?.Value ?? Text).Length;

    internal static IndicatorText Of(IndicatorOccurrence place) => new(place.Text, place.Indicator, place);
}
