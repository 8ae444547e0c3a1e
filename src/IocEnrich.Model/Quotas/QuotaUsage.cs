using System.Globalization;

namespace IocEnrich;

/// <summary>How much of a quota has been used, in requests.</summary>
/// <param name="Allowed">How many requests there may be in all; <see langword="null"/> for no cap.</param>
/// <param name="Used">How many there were.</param>
public sealed record QuotaUsage(long? Allowed, long Used)
{
    /// <summary>How many are left; <see langword="null"/> where there is no cap.</summary>
    public long? Left => Allowed is { } allowed ? Math.Max(allowed - Used, 0) : null;

    /// <summary>When it is renewed (UTC), as far as that is known.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    /// <summary>The group that the figure is inherited from, where the service names one.</summary>
    public string? InheritedFrom { get; init; }

    /// <summary>The same quota of the key's group, which counts as well; <see langword="null"/> where the key is in none.</summary>
    public QuotaUsage? Group { get; init; }

    /// <summary>The figures in a line.</summary>
    public override string ToString()
    {
        string own = Allowed is { } allowed
            ? string.Create(CultureInfo.InvariantCulture, $"{Used:N0} of {allowed:N0} used, {Left:N0} left")
            : string.Create(CultureInfo.InvariantCulture, $"{Used:N0} used, no limit");
        string until = Allowed is not null && RenewedAt is { } time
            ? string.Create(CultureInfo.InvariantCulture, $" until {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
            : "";
        string origin = InheritedFrom is null ? "" : $" (from {InheritedFrom})";
        string group = Group is null ? "" : $"; group: {Group with { RenewedAt = null }}";
        return own + until + origin + group;
    }
}
