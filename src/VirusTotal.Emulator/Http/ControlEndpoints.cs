using System.Globalization;
using System.Text.Json;
using VirusTotal.Emulator.Answers;

namespace VirusTotal.Emulator.Http;

/// <summary>What another process may ask, without a key: <c>/emulator/requests</c> and <c>/emulator/faults</c>.</summary>
internal sealed class ControlEndpoints(FaultPlan faults, RequestLog log)
{
    public async Task HandleAsync(HttpContext context, RouteKind kind)
    {
        Answer answer = (kind, context.Request.Method) switch
        {
            (RouteKind.ControlRequests, "GET") => Json(200, WriteRequests),
            (RouteKind.ControlRequests, "DELETE") => Forget(),
            (RouteKind.ControlFaults, "GET") => Json(200, WriteFaults),
            (RouteKind.ControlFaults, "DELETE") => ReplaceFaults([]),
            (RouteKind.ControlFaults, "POST") => await ReadFaultsAsync(context),
            _ => ErrorBody.Of(ApiError.MethodNotAllowed),
        };
        await AnswerSender.SendAsync(context, answer);
    }

    private Answer Forget()
    {
        log.Clear();
        return Json(200, WriteRequests);
    }

    private Answer ReplaceFaults(IEnumerable<FaultRule> rules)
    {
        faults.Replace(rules);
        return Json(200, WriteFaults);
    }

    private async Task<Answer> ReadFaultsAsync(HttpContext context)
    {
        try
        {
            string?[]? rules = await JsonSerializer.DeserializeAsync<string?[]>(
                context.Request.Body, cancellationToken: context.RequestAborted);
            return ReplaceFaults([.. (rules ?? []).Select(rule => FaultRule.Parse(rule ?? ""))]);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            string expected = "Send a JSON array of faults in their compact form, such as [\"503@0.1\"].";
            return ErrorBody.Of(new ApiError(400, "InvalidArgumentError", $"{exception.Message} {expected}"));
        }
    }

    private void WriteFaults(Utf8JsonWriter json)
    {
        json.WriteNumber("rules", faults.Count);
        json.WriteNumber("happened", faults.Happened);
    }

    private void WriteRequests(Utf8JsonWriter json)
    {
        json.WriteNumber("total", log.Total);
        json.WriteNumber("account", log.AccountRequests);
        json.WriteNumber("in_flight", log.InFlight);
        json.WriteNumber("max_concurrent", log.MaxConcurrent);
        json.WriteNumber("aborted", log.Aborted);
        json.WriteNumber("largest_minute", log.LargestWindow(TimeSpan.FromSeconds(60)));
        json.WriteStartObject("statuses");
        foreach ((int status, long count) in log.CountsOfStatuses())
        {
            json.WriteNumber(status.ToString(CultureInfo.InvariantCulture), count);
        }

        json.WriteEndObject();
        json.WriteStartObject("indicators");
        foreach ((string indicator, int count) in log.Counts())
        {
            json.WriteNumber(indicator, count);
        }

        json.WriteEndObject();
    }

    private static Answer Json(int status, Action<Utf8JsonWriter> write) => new(status, JsonBody.Write(write));
}
