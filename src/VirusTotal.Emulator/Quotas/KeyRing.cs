using System.Collections.Concurrent;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Quotas;

/// <summary>Which keys are good, and what each of them has used.</summary>
internal sealed class KeyRing(EmulatorOptions options)
{
    private readonly HashSet<string>? _accepted = options.ApiKeys is null ? null : new(options.ApiKeys, StringComparer.Ordinal);
    private readonly HashSet<string> _forbidden = new(options.ForbiddenKeys, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KeyUsage> _usages = new(StringComparer.Ordinal);

    /// <summary>Why a key is refused, or <see langword="null"/> where it is good.</summary>
    public ApiError? Refuse(string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return ApiError.MissingKey;
        }

        if (_forbidden.Contains(key))
        {
            return ApiError.Forbidden;
        }

        return _accepted is null || _accepted.Contains(key) ? null : ApiError.WrongKey;
    }

    /// <summary>The usage of a good key.</summary>
    public KeyUsage UsageOf(string key) => _usages.GetOrAdd(key, static (_, options) => new KeyUsage(options), options);
}
