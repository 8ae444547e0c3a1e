namespace IocEnrich.PowerShell.Serialization;

/// <summary>Reads each type of the model out of its properties. A test compares all of them with what went out.</summary>
internal static class DeserializedModel
{
    /// <summary>A result; <see langword="null"/> if it does not say of what, or what became of it.</summary>
    internal static EnrichmentResult? Result(DeserializedObject source)
    {
        if (source.Raw(nameof(EnrichmentResult.Indicator)) is not { } text || source.Word<EnrichmentStatus>(nameof(EnrichmentResult.Status)) is not { } status)
        {
            return null;
        }

        // What claims to be an indicator and is none is a text like any other.
        IndicatorType type = source.Word<IndicatorType>(nameof(EnrichmentResult.Type)) ?? IndicatorType.Unknown;
        bool isIndicator = type != IndicatorType.Unknown && IndicatorParser.TryParse(text, out Indicator? indicator)
            && (indicator.Type, indicator.Value) == (type, text);
        EnrichmentResult result = new()
        {
            Indicator = isIndicator ? text : DisplayText.Clean(text, IndicatorParser.MaxLength),
            Type = isIndicator ? type : IndicatorType.Unknown,
            Status = status,
            Verdict = source.Word<Verdict>(nameof(EnrichmentResult.Verdict)) ?? Verdict.Unknown,
            Reason = source.Text(nameof(EnrichmentResult.Reason), DisplayText.MaxMessageLength),
            Error = source.Nested<EnrichmentError>(nameof(EnrichmentResult.Error)),
            Requests = source.Number<int>(nameof(EnrichmentResult.Requests)) ?? 0,
            FromCache = source.Flag(nameof(EnrichmentResult.FromCache)),
            RetrievedAt = source.Time(nameof(EnrichmentResult.RetrievedAt)),
            Provider = source.Text(nameof(EnrichmentResult.Provider)),
            Input = source.Text(nameof(EnrichmentResult.Input), IndicatorParser.MaxLength),
            Position = source.Number<int>(nameof(EnrichmentResult.Position)) ?? 0,
            Occurrences = source.Number<int>(nameof(EnrichmentResult.Occurrences)) ?? 0,
            InputPath = source.Raw(nameof(EnrichmentResult.InputPath)),
            InputLine = source.Number<long>(nameof(EnrichmentResult.InputLine)),
            Source = source.Value(nameof(EnrichmentResult.Source)) is string given ? DisplayText.Clean(given, IndicatorParser.MaxLength) : source.Value(nameof(EnrichmentResult.Source)),
            Report = source.Value(nameof(EnrichmentResult.Report)),
        };
        foreach (ResultProperty property in ResultProperty.Summary)
        {
            Set(property, result, source);
        }

        return result;
    }

    /// <summary>Why there is no answer; <see langword="null"/> if it does not say what kind of failure it was.</summary>
    internal static EnrichmentError? Error(DeserializedObject source) =>
        source.Word<EnrichmentErrorKind>(nameof(EnrichmentError.Kind)) is { } kind
            ? new EnrichmentError(kind, source.Text(nameof(EnrichmentError.Message), DisplayText.MaxMessageLength) ?? "")
            {
                HttpStatus = source.Number<int>(nameof(EnrichmentError.HttpStatus)),
                ServiceCode = source.Text(nameof(EnrichmentError.ServiceCode)),
            }
            : null;

    /// <summary>An indicator; <see langword="null"/> if the text is none.</summary>
    internal static Indicator? Indicator(DeserializedObject source) =>
        source.Raw(nameof(IocEnrich.Indicator.Value)) is { } value && IndicatorParser.TryParse(value, out Indicator? indicator) ? indicator : null;

    /// <summary>A place in a text; <see langword="null"/> if there is no indicator at it. The text is as it stood, as it always is there.</summary>
    internal static IndicatorOccurrence? Occurrence(DeserializedObject source) =>
        Indicator(source) is { } indicator
            ? new IndicatorOccurrence(
                indicator,
                source.Raw(nameof(IndicatorOccurrence.Text)) ?? indicator.Value,
                source.Raw(nameof(IndicatorOccurrence.Path)),
                source.Number<long>(nameof(IndicatorOccurrence.Line)) ?? 1,
                source.Number<long>(nameof(IndicatorOccurrence.Column)) ?? 1)
            {
                Property = source.Raw(nameof(IndicatorOccurrence.Property)),
                InputObject = source.Value(nameof(IndicatorOccurrence.InputObject)),
                Part = source.Text(nameof(IndicatorOccurrence.Part)),
            }
            : null;

    /// <summary>How far a job was; <see langword="null"/> if it does not say whether it ran.</summary>
    internal static EnrichmentProgress? Progress(DeserializedObject source) =>
        source.Word<EnrichmentJobState>(nameof(EnrichmentProgress.State)) is { } state
            ? new EnrichmentProgress
            {
                State = state,
                Error = source.Nested<EnrichmentError>(nameof(EnrichmentProgress.Error)),
                InputComplete = source.Flag(nameof(EnrichmentProgress.InputComplete)),
                Total = Count(source, nameof(EnrichmentProgress.Total)),
                Found = Count(source, nameof(EnrichmentProgress.Found)),
                NotFound = Count(source, nameof(EnrichmentProgress.NotFound)),
                Skipped = Count(source, nameof(EnrichmentProgress.Skipped)),
                Failed = Count(source, nameof(EnrichmentProgress.Failed)),
                NotAsked = Count(source, nameof(EnrichmentProgress.NotAsked)),
                Malicious = Count(source, nameof(EnrichmentProgress.Malicious)),
                Suspicious = Count(source, nameof(EnrichmentProgress.Suspicious)),
                Harmless = Count(source, nameof(EnrichmentProgress.Harmless)),
                Undetected = Count(source, nameof(EnrichmentProgress.Undetected)),
                FromCache = Count(source, nameof(EnrichmentProgress.FromCache)),
                Requests = source.Number<long>(nameof(EnrichmentProgress.Requests)) ?? 0,
                RequestsLeftToday = source.Number<int>(nameof(EnrichmentProgress.RequestsLeftToday)),
                Waiting = Count(source, nameof(EnrichmentProgress.Waiting)),
                WaitingFor = source.Text(nameof(EnrichmentProgress.WaitingFor)),
                WaitingUntil = source.Time(nameof(EnrichmentProgress.WaitingUntil)),
                Problem = source.Text(nameof(EnrichmentProgress.Problem), DisplayText.MaxMessageLength),
                StartTime = source.Time(nameof(EnrichmentProgress.StartTime)) ?? default,
                EndTime = source.Time(nameof(EnrichmentProgress.EndTime)),
                Elapsed = source.Number<TimeSpan>(nameof(EnrichmentProgress.Elapsed)) ?? default,
                ResultsPerMinute = source.Number<double>(nameof(EnrichmentProgress.ResultsPerMinute)) ?? 0,
                EstimatedEnd = source.Time(nameof(EnrichmentProgress.EstimatedEnd)),
                BeyondBudget = Count(source, nameof(EnrichmentProgress.BeyondBudget)),
            }
            : null;

    private static void Set(ResultProperty property, EnrichmentResult result, DeserializedObject source)
    {
        string name = property.Name;
        switch (property)
        {
            case ResultProperty<string?> text:
                // An address is of use only where it is whole.
                text.Set(result, source.Text(name, name is nameof(result.FinalUrl) or nameof(result.Link) ? IndicatorParser.MaxLength : DisplayText.MaxLength));
                break;
            case ResultProperty<TextList> texts:
                texts.Set(result, source.Texts(name));
                break;
            case ResultProperty<int?> number:
                number.Set(result, source.Number<int>(name));
                break;
            case ResultProperty<long?> number:
                number.Set(result, source.Number<long>(name));
                break;
            case ResultProperty<DateTimeOffset?> time:
                time.Set(result, source.Time(name));
                break;
        }
    }

    private static int Count(DeserializedObject source, string name) => source.Number<int>(name) ?? 0;
}
