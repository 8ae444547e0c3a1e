using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// What went into a job: each distinct indicator once, the text that it came as first, and how often it came; and of these, what still
/// waits to be looked up. Thread-safe. The workers only read the waiting ones, which takes no lock.
/// </summary>
internal sealed class IndicatorQueue(ProgressCounter progress)
{
    private readonly Channel<Indicator> _pending = Channel.CreateUnbounded<Indicator>();
    private readonly Dictionary<(IndicatorType Type, string Value), Origin> _origins = [];
    private int _given;
    private int _held;
    private bool _closed;

    /// <summary>The distinct indicators that no worker has taken yet. It completes when the input is closed.</summary>
    internal ChannelReader<Indicator> Pending => _pending.Reader;

    /// <summary>How many objects that indicators came with are not held, because the job holds as many as it may.</summary>
    internal long SourcesLeftOut { get; private set; }

    /// <summary>Takes in an indicator that is to be looked up, unless it was there before.</summary>
    /// <param name="text">The text that means it.</param>
    /// <param name="source">What the text came with.</param>
    internal AddOutcome Add(Indicator indicator, string text, in InputSource source)
    {
        lock (_origins)
        {
            AddOutcome outcome = Count(indicator.Type, indicator.Value, text, source);
            if (outcome == AddOutcome.New)
            {
                // Cannot fail: the channel is completed only after _closed was set under this lock.
                _pending.Writer.TryWrite(indicator);
            }

            return outcome;
        }
    }

    /// <summary>Takes in a text that is not looked up, unless it was there before.</summary>
    internal AddOutcome AddSkipped(IndicatorType type, string value, string text, in InputSource source)
    {
        lock (_origins)
        {
            return Count(type, value, text, source);
        }
    }

    /// <summary>Takes nothing in any more.</summary>
    internal void Close()
    {
        lock (_origins)
        {
            _closed = true;
        }

        _pending.Writer.TryComplete();
    }

    /// <summary>
    /// The result with where its indicator came from and how often, as far as that is known now. The answers of a provider do not carry
    /// this, since they may be shared with other jobs.
    /// </summary>
    internal EnrichmentResult Trace(EnrichmentResult result)
    {
        Origin origin;
        object? items;
        lock (_origins)
        {
            if (!_origins.TryGetValue((result.Type, result.Indicator), out origin))
            {
                return result;
            }

            items = origin.Sources?.Items;
        }

        return result.Position == origin.Position && result.Occurrences == origin.Occurrences
            ? result
            : result with { Origin = new ResultOrigin(origin.Text, origin.Position, origin.Occurrences, origin.Sources?.Path, origin.Sources?.Line, items) };
    }

    private AddOutcome Count(IndicatorType type, string value, string text, in InputSource source)
    {
        if (_closed)
        {
            return AddOutcome.Refused;
        }

        _given++;
        ref Origin origin = ref CollectionsMarshal.GetValueRefOrAddDefault(_origins, (type, value), out bool isDuplicate);
        origin.Occurrences++;
        if (source.Item is not null || (source.Path ?? (object?)source.Line) is not null)
        {
            // Where it came as a bare text first, the place is not that of the first.
            origin.Sources ??= isDuplicate ? new InputSources(null, null) : new InputSources(source.Path, source.Line);
            if (source.Item is { } item)
            {
                Hold(item, origin.Sources);
            }
        }

        if (isDuplicate)
        {
            return AddOutcome.Duplicate;
        }

        (origin.Text, origin.Position) = (DisplayText.Clean(text.Trim(), IndicatorParser.MaxLength), _given);
        progress.Arrived();
        return AddOutcome.New;
    }

    private void Hold(object item, InputSources sources)
    {
        if (_held >= EnrichmentJob.MaxSources)
        {
            SourcesLeftOut++;
        }
        else if (sources.Add(item))
        {
            _held++;
        }
    }

    // A struct in the table, not an object beside it: a job may hold a million of them.
    private struct Origin
    {
        internal string Text;
        internal InputSources? Sources;
        internal int Position;
        internal int Occurrences;
    }
}

/// <summary>What became of a text at the door of a job.</summary>
internal enum AddOutcome
{
    /// <summary>The input is closed: it was not taken in.</summary>
    Refused = 0,

    /// <summary>It means an indicator that was there before.</summary>
    Duplicate,

    /// <summary>It is the first of its indicator.</summary>
    New,
}
