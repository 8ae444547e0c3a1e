using VirusTotal.Emulator.Faults;

namespace VirusTotal.Emulator;

/// <summary>What happens to which requests. Without conditions it happens to every request for an indicator.</summary>
public sealed record FaultRule
{
    internal FaultRule()
    {
    }

    /// <summary>Only requests for this indicator, in whatever form it is written; a <c>*</c> in it stands for any text.</summary>
    public string? Indicator { get; init; }

    /// <summary>Only from this request on, from 1: requests are counted for each indicator, from the moment the rule is in force.</summary>
    public int FirstRequest { get; init; } = 1;

    /// <summary>Only up to this request, included; <see langword="null"/> for no end.</summary>
    public int? LastRequest { get; init; }

    /// <summary>
    /// Only this share of them, 0 to 1. Whether it happens hangs on the seed, the indicator and the number of the request alone, so that
    /// two runs agree, in whatever order requests arrive.
    /// </summary>
    public double Share { get; init; } = 1;

    /// <summary>Chooses which requests make up the <see cref="Share"/>.</summary>
    public int Seed { get; init; }

    /// <summary>How often it happens before the rule is spent; <see langword="null"/> for no limit.</summary>
    public int? Limit { get; init; }

    /// <summary>What happens.</summary>
    internal FaultAction Action { get; init; } = static _ => Task.FromResult<int?>(null);

    /// <summary>Reads the compact form, such as <c>503@0.1</c>; <c>--help</c> tells all of it.</summary>
    /// <exception cref="FormatException">The text is no rule; the message says why.</exception>
    public static FaultRule Parse(string text) => FaultText.Parse(text);

    /// <summary>Throws where a value is out of its range.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstRequest, 1, nameof(FirstRequest));
        ArgumentOutOfRangeException.ThrowIfLessThan(LastRequest ?? FirstRequest, FirstRequest, nameof(LastRequest));
        ArgumentOutOfRangeException.ThrowIfLessThan(Share, 0, nameof(Share));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Share, 1, nameof(Share));
        ArgumentOutOfRangeException.ThrowIfNegative(Limit ?? 0, nameof(Limit));
    }
}
