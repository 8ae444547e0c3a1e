using System.Diagnostics.CodeAnalysis;

namespace IocEnrich;

/// <summary>
/// One indicator of compromise in its canonical form. Two texts for the same indicator give equal instances, so that it is looked up once.
/// Only <see cref="IndicatorParser"/> creates instances, so an instance is always valid.
/// </summary>
public sealed record Indicator
{
    internal Indicator(IndicatorType type, string value)
    {
        Type = type;
        Value = value;
    }

    /// <summary>The type of the indicator; never <see cref="IndicatorType.Unknown"/>.</summary>
    public IndicatorType Type { get; }

    /// <summary>The canonical, refanged text, which is looked up.</summary>
    public string Value { get; }

    /// <summary>
    /// The indicator, defanged in the style most reports use: <c>hxxps://evil[.]example[.]com/a</c>, <c>192[.]0[.]2[.]1</c>. Hashes and
    /// CVEs are unchanged. <see cref="Parse"/> reads it back.
    /// </summary>
    public string Defanged => Defanger.Defang(Type, Value);

    /// <summary>Parses one indicator. PowerShell uses this to cast a string.</summary>
    /// <param name="text">One token, plain or defanged.</param>
    /// <exception cref="FormatException">The text is not an indicator; the message says why.</exception>
    public static Indicator Parse(string text) =>
        TryParse(text, out Indicator? indicator, out string? reason) ? indicator : throw new FormatException(reason);

    /// <summary>Parses one indicator, or returns the reason why the text is not one.</summary>
    /// <param name="text">One token, plain or defanged.</param>
    /// <param name="indicator">The indicator, if the text is one.</param>
    /// <param name="reason">Otherwise, the reason in a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Indicator? indicator, [NotNullWhen(false)] out string? reason) =>
        IndicatorParser.TryParse(text, out indicator, out reason);

    /// <summary>The canonical text.</summary>
    public override string ToString() => Value;
}
