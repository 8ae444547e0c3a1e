using System.Text.Json;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>
/// Reads <c>/users/{id}/overall_quotas</c>: <c>data.api_requests_{hourly|daily|monthly}</c>, each with <c>user</c>, <c>group</c> or both,
/// and in those <c>allowed</c>, <c>used</c> and perhaps <c>inherited_from</c>. Whatever else there is, is passed over.
/// </summary>
internal sealed class QuotaBodyReader : IJsonTokenSink
{
    // No cap shows as a huge number, another one for each period.
    private const long NoCap = 1_000_000_000;

    private readonly Figures[,] _figures = { { new(), new() }, { new(), new() }, { new(), new() } };
    private bool _inData;
    private int _period = -1;
    private int _owner = -1;
    private Field _field;

    private enum Field
    {
        Other,
        Allowed,
        Used,
        InheritedFrom,
    }

    /// <inheritdoc/>
    public void OnToken(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            OnName(ref json);
        }
        else if (json.CurrentDepth == 4 && _inData && _period >= 0 && _owner >= 0)
        {
            OnValue(ref json, _figures[_period, _owner]);
        }
    }

    /// <summary>What was read; <see langword="null"/> if that is nothing.</summary>
    /// <param name="now">The time of it.</param>
    internal ProviderQuota? ToQuota(DateTimeOffset now)
    {
        DateTimeOffset day = new(now.UtcDateTime.Date, TimeSpan.Zero);
        QuotaUsage? hour = UsageOf(0, renewedAt: null);
        QuotaUsage? today = UsageOf(1, day.AddDays(1));
        QuotaUsage? month = UsageOf(2, day.AddDays(1 - day.Day).AddMonths(1));
        return (hour ?? today ?? month) is null ? null : new ProviderQuota(hour, today, month, now);
    }

    private void OnName(ref Utf8JsonReader json)
    {
        switch (json.CurrentDepth)
        {
            case 1:
                _inData = JsonName.Is(ref json, "data"u8);
                break;
            case 2:
                _period = JsonName.Is(ref json, "api_requests_hourly"u8) ? 0
                    : JsonName.Is(ref json, "api_requests_daily"u8) ? 1
                    : JsonName.Is(ref json, "api_requests_monthly"u8) ? 2
                    : -1;
                break;
            case 3:
                _owner = JsonName.Is(ref json, "user"u8) ? 0 : JsonName.Is(ref json, "group"u8) ? 1 : -1;
                break;
            case 4:
                _field = JsonName.Is(ref json, "allowed"u8) ? Field.Allowed
                    : JsonName.Is(ref json, "used"u8) ? Field.Used
                    : JsonName.Is(ref json, "inherited_from"u8) ? Field.InheritedFrom
                    : Field.Other;
                break;
        }
    }

    private void OnValue(ref Utf8JsonReader json, Figures figures)
    {
        switch (_field, json.TokenType)
        {
            case (Field.Allowed, JsonTokenType.Number):
                figures.Allowed = Whole(ref json);
                break;
            case (Field.Used, JsonTokenType.Number):
                figures.Used = Whole(ref json);
                break;
            case (Field.InheritedFrom, JsonTokenType.String):
                figures.InheritedFrom = JsonText.Read(ref json);
                break;
        }
    }

    private QuotaUsage? UsageOf(int period, DateTimeOffset? renewedAt)
    {
        QuotaUsage? own = _figures[period, 0].ToUsage(renewedAt);
        QuotaUsage? group = _figures[period, 1].ToUsage(renewedAt);
        return own is null ? group : own with { Group = group };
    }

    // Figures beyond what a number can hold are huge ones.
    private static long Whole(ref Utf8JsonReader json) =>
        json.TryGetInt64(out long whole) ? Math.Max(whole, 0)
        : json.TryGetDouble(out double number) && number < NoCap ? (long)Math.Max(number, 0)
        : long.MaxValue;

    private sealed class Figures
    {
        internal long? Allowed { get; set; }

        internal long? Used { get; set; }

        internal string? InheritedFrom { get; set; }

        internal QuotaUsage? ToUsage(DateTimeOffset? renewedAt) => Allowed is not { } allowed
            ? null
            : new QuotaUsage(allowed >= NoCap ? null : allowed, Used ?? 0) { RenewedAt = renewedAt, InheritedFrom = InheritedFrom };
    }
}
