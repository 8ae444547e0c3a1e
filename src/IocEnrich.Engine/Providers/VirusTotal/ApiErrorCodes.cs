using System.Collections.Frozen;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>The error codes of the API.</summary>
/// <remarks>
/// Source: VirusTotal's table of errors, <c>docs.virustotal.com/reference/errors</c>. By them alone an answer is known to be the API's: a
/// proxy, a filter or a login page answers with the same statuses, and some of them with JSON.
/// </remarks>
internal static class ApiErrorCodes
{
    private static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
    [
        "AlreadyExistsError", "AuthenticationRequiredError", "BadRequestError", "DeadlineExceededError", "FailedDependencyError",
        "ForbiddenError", "InvalidArgumentError", NotFound, "NotAvailableYet", "QuotaExceededError", "TooManyRequestsError",
        "TransientError", "UnselectiveContentQueryError", "UnsupportedContentQueryError", "UserNotActiveError", "WrongCredentialsError",
    ]);

    /// <summary>The service has never seen what was asked for.</summary>
    internal const string NotFound = "NotFoundError";

    /// <summary>Whether an error body with this code is the API's own.</summary>
    internal static bool Has(string? code) => code is not null && All.Contains(code);
}
