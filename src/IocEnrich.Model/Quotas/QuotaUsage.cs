using System.Globalization;

namespace IocEnrich;

/// <summary>The use of a quota, in requests.</summary>
/// <param name="Allowed">The number of requests allowed; <see langword="null"/> for no limit.</param>
/// <param name="Used">The number of requests used.</param>
public sealed record QuotaUsage(long? Allowed, long Used)
{
    /// <summary>The number of requests left; <see langword="null"/> if there is no limit.</summary>
    public long? Left => Allowed is { } allowed ? Math.Max(allowed - Used, 0) : null;

    /// <summary>When the quota renews (UTC), if known.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    /// <summary>The group that the limit is inherited from, if the service names one.</summary>
    public string? InheritedFrom { get; init; }

    /// <summary>The same quota of the key's group, which applies as well; <see langword="null"/> if the key has no group.</summary>
    public QuotaUsage? Group { get; init; }

    /// <summary>The figures in one line.</summary>
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
