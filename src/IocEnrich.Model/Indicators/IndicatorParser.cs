using System.Diagnostics.CodeAnalysis;

namespace IocEnrich;

/// <summary>
/// Parses one token, plain or defanged, to an indicator in canonical form, or returns the reason why it is not one. docs/indicators.md
/// describes the recognized forms. Time and memory are linear in the length of any token.
/// </summary>
public static class IndicatorParser
{
    /// <summary>
    /// The maximum length of a token, in UTF-16 units. Longer tokens are rejected unread. It is the usual limit of servers and browsers for
    /// a URL.
    /// </summary>
    public const int MaxLength = 8192;

    private const int StackLength = 400;
    private const int MostRounds = 4;

    /// <summary>Parses one indicator, or returns the reason why the text is not one.</summary>
    /// <param name="text">One token, plain or defanged. Quotes, brackets and punctuation around it are ignored.</param>
    /// <param name="indicator">The indicator, if the text is one.</param>
    /// <param name="reason">Otherwise, the reason in a sentence. Text that it quotes is short and safe to show.</param>
    /// <exception cref="ArgumentNullException">The text is <c>null</c>.</exception>
    public static bool TryParse(string text, [NotNullWhen(true)] out Indicator? indicator, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        indicator = Read(text, text, explain: true, out reason);
        return indicator is not null;
    }

    /// <inheritdoc cref="TryParse(string, out Indicator, out string)"/>
    public static bool TryParse(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out Indicator? indicator, [NotNullWhen(false)] out string? reason)
    {
        indicator = Read(text, null, explain: true, out reason);
        return indicator is not null;
    }

    /// <summary>Parses one indicator, without a reason if the text is not one.</summary>
    /// <param name="text">One token, plain or defanged.</param>
    /// <param name="indicator">The indicator, if the text is one.</param>
    /// <exception cref="ArgumentNullException">The text is <c>null</c>.</exception>
    public static bool TryParse(string text, [NotNullWhen(true)] out Indicator? indicator)
    {
        ArgumentNullException.ThrowIfNull(text);
        indicator = Read(text, text, explain: false, out _);
        return indicator is not null;
    }

    /// <inheritdoc cref="TryParse(string, out Indicator)"/>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Indicator? indicator)
    {
        indicator = Read(text, null, explain: false, out _);
        return indicator is not null;
    }

    private static Indicator? Read(ReadOnlySpan<char> text, string? whole, bool explain, out string? reason)
    {
        reason = null;
        ParseContext context = new(stackalloc char[StackLength], explain);
        try
        {
            if (text.Length > MaxLength)
            {
                context.Reject(Rejection.TooLong);
            }
            else if (((PlainToken.IsPlain(text) && TokenClassifier.Read(text, ref context)) || ReadWrapped(text, ref context))
                && (context.Output.Text.SequenceEqual(text) || Settle(ref context)))
            {
                return Create(context.Type, context.Output.Text, whole);
            }

            if (explain)
            {
                reason = Rejections.Sentence(text, context.Why ?? Rejections.Describe(Rejection.NoKnownForm, default));
            }

            return null;
        }
        finally
        {
            context.Dispose();
        }
    }

    // What was canonical already stays the string it was.
    private static Indicator Create(IndicatorType type, ReadOnlySpan<char> value, string? whole) =>
        new(type, whole is not null && value.SequenceEqual(whole) ? whole : value.ToString());

    /// <summary>
    /// Makes a canonical text canonical for good: refanging "[[.]]" in a path leaves "[.]", which reads as a defanged dot once more. The
    /// canonical form is the one that reads as itself; what has none after a few rounds was never an indicator.
    /// </summary>
    private static bool Settle(ref ParseContext context)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            if (PlainToken.IsPlain(context.Output.Text))
            {
                return true;
            }

            char[] before = context.Output.Text.ToArray();
            if (!ReadWrapped(before, ref context))
            {
                return false;
            }

            if (context.Output.Text.SequenceEqual(before))
            {
                return true;
            }
        }

        return context.Reject(Rejection.NoKnownForm);
    }

    private static bool ReadWrapped(scoped ReadOnlySpan<char> text, ref ParseContext context)
    {
        TextBuffer clean = new(stackalloc char[StackLength]);
        try
        {
            TokenTrimmer.Clean(text, ref clean);
            ReadOnlySpan<char> token = clean.Text.Trim(' ');
            if (TokenPrefixes.TrySplitLink(token, out ReadOnlySpan<char> caption, out ReadOnlySpan<char> target))
            {
                // A report links the indicator to something about it; a chat links a word to the indicator.
                return ReadDefanged(caption, ref context) || ReadDefanged(target, ref context);
            }

            return ReadDefanged(token, ref context);
        }
        finally
        {
            clean.Dispose();
        }
    }

    private static bool ReadDefanged(scoped ReadOnlySpan<char> token, ref ParseContext context)
    {
        token = TokenTrimmer.Trim(token);
        token = TokenTrimmer.Trim(TokenPrefixes.StripLabel(token));
        token = TokenPrefixes.StripFileName(token);
        token = PlainToken.StripWildcard(token);
        for (int depth = 0; depth < DecodingScratch.DeepestNesting && PercentEncoding.IsEncodedUrl(token); depth++)
        {
            token = PercentEncoding.Decode(token);
        }

        return ReadRefanged(token, desperate: false, ref context) || ReadRefanged(token, desperate: true, ref context);
    }

    private static bool ReadRefanged(scoped ReadOnlySpan<char> token, bool desperate, ref ParseContext context)
    {
        TextBuffer refanged = new(stackalloc char[StackLength]);
        try
        {
            context.StartOver(keepReason: desperate);
            Refanger.Refang(token, desperate, ref refanged);
            return TokenClassifier.Read(refanged.Text, ref context);
        }
        finally
        {
            refanged.Dispose();
        }
    }
}
