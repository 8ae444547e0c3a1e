namespace IocEnrich;

/// <summary>From how many engines on an indicator is called what.</summary>
public sealed record VerdictThresholds
{
    /// <summary>From how many malicious opinions on the verdict is Malicious, unless it is set otherwise.</summary>
    public const int DefaultMalicious = 3;

    /// <summary>From how many malicious and suspicious opinions on the verdict is Suspicious, unless it is set otherwise.</summary>
    public const int DefaultSuspicious = 1;

    private readonly int _malicious = DefaultMalicious;
    private readonly int _suspicious = DefaultSuspicious;

    /// <summary>The thresholds there are unless something is set.</summary>
    public static VerdictThresholds Default { get; } = new();

    /// <summary>From how many malicious opinions on the verdict is Malicious; 1 or more.</summary>
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
    /// From how many opinions on that are malicious or suspicious the verdict is Suspicious, where it is not Malicious; 1 or more. What
    /// stays below counts as seen by nobody.
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
