using System.Text.Json.Nodes;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Http;

/// <summary>An error as the API words it.</summary>
/// <param name="Code">The constant code, such as <c>NotFoundError</c>.</param>
/// <param name="Message">The sentence for people.</param>
internal sealed record ApiError(int Status, string Code, string Message)
{
    public static readonly ApiError MissingKey = new(401, "AuthenticationRequiredError", "X-Apikey header is missing");
    public static readonly ApiError WrongKey = new(401, "WrongCredentialsError", "Wrong API key");
    public static readonly ApiError Forbidden = new(403, "ForbiddenError", "You are not authorized to perform the requested operation");
    public static readonly ApiError NoSuchResource = new(404, "NotFoundError", "Resource not found.");
    public static readonly ApiError MethodNotAllowed = new(405, "BadRequestError", "The method is not allowed for the requested resource.");
    public static readonly ApiError QuotaExceeded = new(429, "QuotaExceededError", "Quota exceeded");

    /// <summary>The service has never seen it.</summary>
    public static ApiError NotFound(LookupKind kind, string id) => new(404, "NotFoundError", $"{kind.Noun()} \"{id}\" not found");

    /// <summary>The id is not one of its collection.</summary>
    public static ApiError Invalid(LookupKind kind, string id) => new(400, "InvalidArgumentError", kind switch
    {
        LookupKind.Domain => $"Domain \"{id}\" is not a valid domain pattern",
        LookupKind.IpAddress => $"\"{id}\" is not a valid IP address",
        LookupKind.Url => $"\"{id}\" is not a valid URL identifier",
        _ => $"\"{id}\" is not a valid file hash",
    });

    /// <summary>Objects of that kind have no such relationship. The sentence is ours: none is recorded.</summary>
    public static ApiError NoRelationship(LookupKind kind, string name) =>
        new(400, "InvalidArgumentError", $"\"{name}\" is not a relationship of {kind.ObjectType()} objects");

    /// <summary>The usual code and message of a status, for faults.</summary>
    public static ApiError OfStatus(int status) => status switch
    {
        400 => new(400, "BadRequestError", "Bad request"),
        401 => WrongKey,
        403 => Forbidden,
        404 => NoSuchResource,
        405 => MethodNotAllowed,
        409 => new(409, "AlreadyExistsError", "The resource already exists"),
        424 => new(424, "FailedDependencyError", "The request depended on another request and that request failed"),
        429 => QuotaExceeded,
        503 => new(503, "TransientError", "Transient server error, retry might work"),
        504 => new(504, "DeadlineExceededError", "The operation took too long to complete"),
        _ => new(status, status >= 500 ? "InternalError" : "BadRequestError", $"The server answered with status {status}"),
    };

    /// <summary>The answer to a request that went wrong. Never compressed, as the service does not compress it either.</summary>
    public Answer ToAnswer()
    {
        // Recorded errors have the two keys in either order: which one comes first hangs on the message, so it is always the same.
        JsonObject error = (SeededRandom.Hash(Message) & 1) == 0
            ? new() { ["code"] = Code, ["message"] = Message }
            : new() { ["message"] = Message, ["code"] = Code };
        return Answer.Of(Status, new JsonObject { ["error"] = error });
    }
}
