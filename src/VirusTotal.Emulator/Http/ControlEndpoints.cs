using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VirusTotal.Emulator.Answers;

namespace VirusTotal.Emulator.Http;

/// <summary>What another process may ask, without a key: <c>/emulator/requests</c> and <c>/emulator/faults</c>.</summary>
internal sealed class ControlEndpoints(FaultPlan faults, RequestLog log)
{
    public async Task HandleAsync(HttpContext context, RouteKind kind) => await AnswerSender.SendAsync(context, (kind, context.Request.Method) switch
    {
        (RouteKind.ControlRequests, "GET") => Requests(),
        (RouteKind.ControlRequests, "DELETE") => After(log.Clear, Requests),
        (RouteKind.ControlFaults, "GET") => Faults(),
        (RouteKind.ControlFaults, "DELETE") => After(faults.Clear, Faults),
        (RouteKind.ControlFaults, "POST") => await ReplaceFaultsAsync(context),
        _ => ApiError.MethodNotAllowed.ToAnswer(),
    });

    private async Task<Answer> ReplaceFaultsAsync(HttpContext context)
    {
        try
        {
            string?[]? rules = await JsonSerializer.DeserializeAsync<string?[]>(
                context.Request.Body, cancellationToken: context.RequestAborted);
            faults.Replace([.. (rules ?? []).Select(rule => FaultRule.Parse(rule ?? ""))]);
            return Faults();
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            string expected = "Send a JSON array of faults in their compact form, such as [\"503@0.1\"].";
            return new ApiError(400, "InvalidArgumentError", $"{exception.Message} {expected}").ToAnswer();
        }
    }

    private static Answer After(Action change, Func<Answer> answer)
    {
        change();
        return answer();
    }

    private Answer Faults() => Answer.Of(200, new JsonObject { ["rules"] = faults.Count, ["happened"] = faults.Happened });

    private Answer Requests() => Answer.Of(200, new JsonObject
    {
        ["total"] = log.Total,
        ["account"] = log.AccountRequests,
        ["in_flight"] = log.InFlight,
        ["max_concurrent"] = log.MaxConcurrent,
        ["aborted"] = log.Aborted,
        ["largest_minute"] = log.LargestWindow(TimeSpan.FromSeconds(60)),
        ["statuses"] = new JsonObject(log.CountsOfStatuses().Select(static pair =>
            KeyValuePair.Create<string, JsonNode?>(pair.Key.ToString(CultureInfo.InvariantCulture), pair.Value))),
        ["indicators"] = new JsonObject(log.Counts().Select(static pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
    });
}
