using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Faults;
using VirusTotal.Emulator.Indicators;
using VirusTotal.Emulator.Log;
using VirusTotal.Emulator.Quotas;

namespace VirusTotal.Emulator.Http;

/// <summary>
/// The way of one request: it is logged, its key and quota are looked at, it waits (at the gate, then for the latency), and then a fault
/// happens to it or it is answered. A request that a fault happens to has cost quota, as a client must assume.
/// </summary>
internal sealed class ApiHandler(
    EmulatorOptions options, AnswerBook answers, FaultPlan faults, RequestLog log, RequestGate gate, ControlEndpoints control)
{
    // What a fault's rule calls a question about the account: its own name there would be the key.
    private const string AccountName = "account";

    private readonly ConcurrentDictionary<string, KeyUsage> _usages = new(StringComparer.Ordinal);

    public Task HandleAsync(HttpContext context)
    {
        Route route = Route.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        return route.Kind is RouteKind.ControlFaults or RouteKind.ControlRequests
            ? control.HandleAsync(context, route.Kind)
            : HandleApiAsync(context, route);
    }

    private async Task HandleApiAsync(HttpContext context, Route route)
    {
        LookupRequest? lookup = route.Kind == RouteKind.Lookup
            ? LookupRequest.FromPath(route.Collection, route.Id, route.Relationships, answers.UrlWithId)
            : null;
        SeenHeaders headers = SeenHeadersOf(context.Request.Headers);
        bool isAccount = route.Kind == RouteKind.OverallQuotas;
        string indicator = lookup?.Indicator ?? route.Id;
        log.Begin(isAccount ? null : indicator, headers);
        int status = 0;
        bool aborted = false;
        try
        {
            Answer answer = Decide(context.Request.Method, route, lookup, headers);
            await WaitAsync(context);
            FaultAction? fault = answer.Status is 401 or 403 ? null : faults.Next(isAccount ? AccountName : indicator);
            int? faulty = fault is null ? null : await fault(new FaultyExchange(context, answer, options.TimeProvider));
            if (faulty is null)
            {
                await AnswerSender.SendAsync(context, answer);
            }

            status = faulty ?? answer.Status;
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The only thing these can mean here is that the client has gone; the log says so.
            aborted = true;
        }
        finally
        {
            log.End(status, aborted);
        }
    }

    private Answer Decide(string method, Route route, LookupRequest? lookup, SeenHeaders headers)
    {
        ApiError? refusal = string.IsNullOrEmpty(headers.ApiKey) ? ApiError.MissingKey
            : options.ForbiddenKeys.Contains(headers.ApiKey) ? ApiError.Forbidden
            : options.ApiKeys?.Contains(headers.ApiKey) == false ? ApiError.WrongKey
            : route.Kind == RouteKind.Unknown ? ApiError.NoSuchResource
            : !HttpMethods.IsGet(method) ? ApiError.MethodNotAllowed
            : null;
        if (refusal is not null)
        {
            return refusal.ToAnswer();
        }

        KeyUsage usage = _usages.GetOrAdd(headers.ApiKey!, static (_, options) => new KeyUsage(options), options);
        return route.Kind switch
        {
            RouteKind.OverallQuotas => usage.OverallQuotas(),
            _ when !usage.TryTake() => ApiError.QuotaExceeded.ToAnswer(),
            _ when lookup is null => ApiError.Invalid(route.Collection, route.Id).ToAnswer(),
            _ when lookup.Relationships.Any(options.ForbiddenRelationships.Contains) => ApiError.Forbidden.ToAnswer(),
            _ when lookup.Relationships.FirstOrDefault(name => !Relationship.Exists(lookup.Kind, name)) is { } unknown =>
                ApiError.NoRelationship(lookup.Kind, unknown).ToAnswer(),
            _ => answers.Find(lookup, WantsGzip(headers)),
        };
    }

    private async Task WaitAsync(HttpContext context)
    {
        if (gate.IsClosed)
        {
            await gate.WaitAsync(context.RequestAborted);
        }

        if (options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(options.Latency, options.TimeProvider, context.RequestAborted);
        }
    }

    // The service compresses for a client that is no browser only where its User-Agent says "gzip" as well.
    private static bool WantsGzip(SeenHeaders headers) =>
        headers.AcceptEncoding?.Contains("gzip", StringComparison.OrdinalIgnoreCase) == true
        && headers.UserAgent?.Contains("gzip", StringComparison.OrdinalIgnoreCase) == true;

    private static SeenHeaders SeenHeadersOf(IHeaderDictionary headers) =>
        new((string?)headers.UserAgent, (string?)headers["x-apikey"], (string?)headers["x-tool"], (string?)headers.AcceptEncoding);
}
