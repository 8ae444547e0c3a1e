using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator;

/// <summary>
/// What the service answers. Every indicator has an answer of its own that never changes; a test may set another one. Indicators may be
/// written in any form: they are brought into the canonical one. All members may be called while requests are under way.
/// </summary>
public sealed class AnswerBook
{
    // Half of it, some 25,000 reports, is what stays cached when the same list is asked for again and again.
    private const long CachedBytes = 192L * 1024 * 1024;
    private const int RememberedIds = 200_000;

    private readonly ConcurrentDictionary<string, EmulatedVerdict> _verdicts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ExactBody> _bodies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<EnginePanel, Gzip.Head> _heads = new();
    private readonly Gzip.Head _headWithoutPanel = new(ReportText.Head(null));
    private readonly AgingCache<Report> _reports = new(CachedBytes, static report => report.Answer.Body.Length + 200);

    // The SHA-256 inside an answer leads back to the same object, as it does in the real service.
    private readonly AgingCache<string> _objects = new(RememberedIds, static _ => 1);

    internal AnswerBook(IReadOnlyDictionary<string, EmulatedVerdict> known)
    {
        foreach (string indicator in WellKnown.Indicators)
        {
            Remember(indicator);
        }

        foreach ((string indicator, EmulatedVerdict verdict) in known)
        {
            Set(indicator, verdict);
        }
    }

    /// <summary>Decides what the service knows about an indicator. Takes the place of an exact body.</summary>
    /// <param name="indicator">A hash, a domain, an address or a URL.</param>
    /// <param name="verdict">What it knows.</param>
    public void Set(string indicator, EmulatedVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        string key = CanonicalText.Canonicalize(indicator);
        Remember(key);
        _verdicts[key] = verdict;
        _bodies.TryRemove(key, out _);
    }

    /// <summary>Decides the exact answer to an indicator. Compressed only where the status is 200 and the client may have it so.</summary>
    /// <param name="indicator">A hash, a domain, an address or a URL.</param>
    /// <param name="statusCode">The HTTP status, 200 to 599.</param>
    /// <param name="body">The body before compression; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is out of range.</exception>
    public void SetBody(string indicator, int statusCode, ReadOnlySpan<byte> body, string contentType = Answer.Json)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        ArgumentNullException.ThrowIfNull(contentType);
        string key = CanonicalText.Canonicalize(indicator);
        Remember(key);
        Answer plain = new(statusCode, body.ToArray(), IsGzip: false, contentType);
        _bodies[key] = new ExactBody(plain, statusCode == 200 ? plain with { Body = Gzip.Compress(body), IsGzip = true } : plain);
    }

    /// <summary>Decides the exact answer to an indicator, as text that is sent in UTF-8.</summary>
    /// <inheritdoc cref="SetBody(string, int, ReadOnlySpan{byte}, string)"/>
    public void SetBody(string indicator, int statusCode, string body, string contentType = Answer.Json) =>
        SetBody(indicator, statusCode, Encoding.UTF8.GetBytes(body).AsSpan(), contentType);

    /// <summary>Gives an indicator its own answer back.</summary>
    public void Reset(string indicator)
    {
        string key = CanonicalText.Canonicalize(indicator);
        _verdicts.TryRemove(key, out _);
        _bodies.TryRemove(key, out _);
    }

    /// <summary>What the service knows about an indicator, set or its own; an exact body does not count.</summary>
    /// <exception cref="ArgumentException">The text is no hash, domain, address or URL.</exception>
    public EmulatedVerdict VerdictOf(string indicator) => LookupRequest.FromText(indicator) is { } lookup
        ? VerdictOf(lookup)
        : throw new ArgumentException($"\"{indicator}\" is no hash, domain, address or URL.", nameof(indicator));

    /// <summary>The URL with that SHA-256, where it was set or answered before; else <see langword="null"/>.</summary>
    internal string? UrlWithId(string sha256) => _objects.TryGet(sha256, out string? url) ? url : null;

    internal Answer Find(LookupRequest lookup, bool gzip)
    {
        if (!_bodies.IsEmpty && _bodies.TryGetValue(lookup.Indicator, out ExactBody? exact))
        {
            return gzip ? exact.Gzip : exact.Plain;
        }

        if (lookup.Kind == LookupKind.File && _objects.TryGet(lookup.Indicator, out string? firstAsked))
        {
            lookup = lookup with { Indicator = firstAsked };
        }

        EmulatedVerdict verdict = VerdictOf(lookup);
        if (verdict.Kind == EmulatedVerdictKind.NotFound)
        {
            return ApiError.NotFound(lookup.Kind, lookup.Id).ToAnswer();
        }

        lookup = lookup with { Indicator = WellKnown.SameObject(lookup.Indicator) };
        if (!gzip)
        {
            return new Answer(200, Write(lookup, verdict, static (head, rest) => [.. head.Text, .. rest]));
        }

        string key = lookup.Relationships.Count == 0 ? lookup.Indicator : $"{lookup.Indicator} {string.Join(',', lookup.Relationships)}";
        if (!_reports.TryGet(key, out Report? report) || report.Verdict != verdict)
        {
            byte[] body = Write(lookup, verdict, static (head, rest) => head.Compress(rest, CompressionLevel.Fastest));
            report = new Report(verdict, new Answer(200, body, IsGzip: true));
            _reports.Set(key, report);
        }

        return report.Answer;
    }

    private EmulatedVerdict VerdictOf(LookupRequest lookup)
    {
        if (lookup.Kind == LookupKind.Url && !IsUrl(lookup.Indicator))
        {
            // The id cannot be turned back into a URL, so nobody has shown the service that URL.
            return EmulatedVerdict.NotFound;
        }

        return !_verdicts.IsEmpty && _verdicts.TryGetValue(lookup.Indicator, out EmulatedVerdict? set) ? set : VerdictDraw.For(lookup);
    }

    private byte[] Write(LookupRequest lookup, EmulatedVerdict verdict, Func<Gzip.Head, ReadOnlySpan<byte>, byte[]> join)
    {
        Remember(lookup.Indicator);
        EnginePanel panel = EnginePanel.For(lookup, verdict);
        Gzip.Head head = verdict.Kind == EmulatedVerdictKind.NoAnalysis
            ? _headWithoutPanel
            : _heads.GetOrAdd(panel, static panel => new Gzip.Head(ReportText.Head(panel)));
        return join(head, ReportText.Rest(lookup, verdict, panel.FamilyRow));
    }

    private void Remember(string indicator)
    {
        string? id = IsUrl(indicator) ? UrlId.Sha256(indicator)
            : CanonicalText.Hash(indicator) is { Length: < 64 } && WellKnown.FileOf(indicator) is null ? FileHashes.Of(indicator).Sha256
            : null;
        if (id is not null)
        {
            _objects.Set(id, indicator);
        }
    }

    private static bool IsUrl(string indicator) => indicator.Contains("://", StringComparison.Ordinal);

    private sealed record ExactBody(Answer Plain, Answer Gzip);

    private sealed record Report(EmulatedVerdict Verdict, Answer Answer);
}
