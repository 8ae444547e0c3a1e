namespace IocEnrich;

/// <summary>How many engines are needed for the verdicts Malicious and Suspicious.</summary>
public sealed record VerdictThresholds
{
    /// <summary>The default threshold for Malicious.</summary>
    public const int DefaultMalicious = 3;

    /// <summary>The default threshold for Suspicious.</summary>
    public const int DefaultSuspicious = 1;

    private readonly int _malicious = DefaultMalicious;
    private readonly int _suspicious = DefaultSuspicious;

    /// <summary>The default thresholds.</summary>
    public static VerdictThresholds Default { get; } = new();

    /// <summary>How many engines must say malicious for the verdict Malicious; 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Malicious
    {
        get => _malicious;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _malicious = value;
        }
    }

    /// <summary>
    /// How many engines must say malicious or suspicious for the verdict Suspicious, if it is not Malicious; 1 or more. Fewer than that are
    /// ignored.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Suspicious
    {
        get => _suspicious;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _suspicious = value;
        }
    }
}
