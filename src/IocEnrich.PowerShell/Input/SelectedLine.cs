using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IocEnrich.Engine.Documents;

namespace IocEnrich.PowerShell.Input;

/// <summary>A line that Select-String has found.</summary>
/// <param name="Line">The text of the line.</param>
/// <param name="Path">The file it stands in; <see langword="null"/> if it came down a pipeline.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Matches">What the pattern matched in it.</param>
internal sealed record SelectedLine(string Line, string? Path, long Number, IReadOnlyList<Match> Matches)
{
    // The type lives in an assembly that a host of the engine need not have.
    private const string TypeName = "Microsoft.PowerShell.Commands.MatchInfo";

    // What Select-String says of a line that came down a pipeline.
    private const string NoFile = "InputStream";

    internal static bool TryRead(PSObject input, [NotNullWhen(true)] out SelectedLine? line)
    {
        line = null;
        if (!input.TypeNames.Contains(TypeName) || input.Properties["Line"]?.Value is not { } text)
        {
            return false;
        }

        string? path = input.Properties["Path"]?.Value?.ToString();
        Match[] matches = input.Properties["Matches"]?.Value is IEnumerable list
            ? [.. list.Cast<object?>().Select(static item => item is PSObject wrapped ? wrapped.BaseObject : item).OfType<Match>()]
            : [];
        line = new SelectedLine(
            text.ToString()!,
            string.IsNullOrEmpty(path) || path == NoFile ? null : path,
            Convert.ToInt64(input.Properties["LineNumber"]?.Value ?? 1, CultureInfo.InvariantCulture),
            matches);
        return true;
    }

    /// <summary>The indicators in the line.</summary>
    internal IReadOnlyList<IndicatorOccurrence> Search(IndicatorExtractorOptions options) =>
        [.. IndicatorExtractor.Extract(UnreadableCharacters.Marked(Line), options with { Path = Path, FirstLine = Number })
            .Where(static occurrence => UnreadableCharacters.IsWhole(occurrence.Text))];

    /// <summary>What the pattern matched, where that is an indicator: a pattern may also be just a word beside one.</summary>
    internal IReadOnlyList<IndicatorOccurrence> MatchedIndicators()
    {
        List<IndicatorOccurrence> matched = [];
        foreach (Match match in Matches)
        {
            if (IndicatorParser.TryParse(match.Value, out Indicator? indicator))
            {
                matched.Add(new IndicatorOccurrence(indicator, match.Value, Path, Number, match.Index + 1));
            }
        }

        return matched;
    }
}
