using System.Collections.Concurrent;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Quotas;

/// <summary>Which keys are good, and what each of them has used.</summary>
internal sealed class KeyRing(EmulatorOptions options)
{
    private readonly ConcurrentDictionary<string, KeyUsage> _usages = new(StringComparer.Ordinal);

    /// <summary>Why a key is refused, or <see langword="null"/> where it is good.</summary>
    public ApiError? Refuse(string? key) => string.IsNullOrEmpty(key) ? ApiError.MissingKey
        : options.ForbiddenKeys.Contains(key) ? ApiError.Forbidden
        : options.ApiKeys?.Contains(key) == false ? ApiError.WrongKey
        : null;

    /// <summary>The usage of a good key.</summary>
    public KeyUsage UsageOf(string key) => _usages.GetOrAdd(key, static (_, options) => new KeyUsage(options), options);
}
