namespace IocEnrich.PowerShell.Input;

/// <summary>
/// The end of one input object: a closed set, so that an object cannot leave without one. Whoever reads an object has to return one of
/// these, and indicators are at least one.
/// </summary>
internal abstract record InputReading
{
    private InputReading()
    {
    }

    /// <summary>The object holds indicators.</summary>
    internal sealed record Indicators : InputReading
    {
        /// <exception cref="ArgumentException">There are none: then the object is not understood, and that is another reading.</exception>
        internal Indicators(IReadOnlyList<IndicatorText> texts, InputProblem? unread = null)
        {
            if (texts.Count == 0)
            {
                throw new ArgumentException("An object without an indicator is not understood.", nameof(texts));
            }

            Texts = texts;
            Unread = unread;
        }

        /// <summary>The indicators, at least one.</summary>
        internal IReadOnlyList<IndicatorText> Texts { get; }

        /// <summary>Why a part of the object was not read, if there is one.</summary>
        internal InputProblem? Unread { get; }
    }

    /// <summary>The object holds no indicator, and a person is told why.</summary>
    internal sealed record NotUnderstood(InputProblem Problem) : InputReading;

    /// <summary>There was no object: null, a blank text, a comment, an empty list.</summary>
    internal sealed record Blank : InputReading
    {
        internal static readonly Blank Instance = new();

        private Blank()
        {
        }
    }
}
