using System.Management.Automation;
using IocEnrich.Engine.Providers;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Errors;

/// <summary>What is the same in every error of one id, whatever went wrong this time.</summary>
/// <param name="Id">The constant part of <see cref="ErrorRecord.FullyQualifiedErrorId"/>, for scripts.</param>
/// <param name="Category">The category; <see langword="null"/> if it is that of the reason.</param>
/// <param name="EndsCommand">Whether the command cannot go on: a terminating error.</param>
/// <param name="RecommendedAction">
/// What to do, in whole sentences, with places for what the provider says of itself; <see langword="null"/> if it is that of the reason.
/// </param>
internal sealed record ErrorDefinition(string Id, ErrorCategory? Category, bool EndsCommand, string? RecommendedAction)
{
    /// <summary>What to do, at this provider.</summary>
    internal string? ActionAt(ProviderDefinition provider) => RecommendedAction?
        .Replace("{provider}", provider.Name, StringComparison.Ordinal)
        .Replace("{variable}", provider.Key.Variable, StringComparison.Ordinal)
        .Replace("{page}", provider.Key.Page, StringComparison.Ordinal)
        .Replace("{shape}", provider.Key.Shape, StringComparison.Ordinal);

    /// <summary>The error of this time.</summary>
    /// <param name="exception">What happened; its message is safe to show.</param>
    /// <param name="target">What it happened to.</param>
    /// <param name="provider">The host name of the service.</param>
    /// <param name="reason">What the category and the action are taken from where this error has none of its own.</param>
    internal ErrorRecord Record(Exception exception, object? target, ProviderDefinition? provider = null, ErrorDefinition? reason = null)
    {
        ErrorDefinition advice = RecommendedAction is null && reason is not null ? reason : this;
        ErrorRecord record = new(exception, Id, Category ?? reason?.Category ?? ErrorCategory.NotSpecified, target)
        {
            // PowerShell shows the action below the message; an ErrorDetails without a message would hide the exception's.
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = provider is null ? advice.RecommendedAction : advice.ActionAt(provider) },
        };

        // Some views show the target as text. The target itself stays what it was.
        record.CategoryInfo.TargetName = DisplayText.Clean(record.CategoryInfo.TargetName);
        return record;
    }

    /// <summary>Tells it: ends the command where it cannot go on, and writes the error beside the output where it can.</summary>
    internal void Report(Cmdlet cmdlet, Exception exception, object? target)
    {
        // Only where there is a place for what it says: it loads the engine.
        ErrorRecord record = Record(exception, target, RecommendedAction?.Contains('{', StringComparison.Ordinal) == true ? EnrichmentSession.Current.Provider : null);
        if (EndsCommand)
        {
            cmdlet.ThrowTerminatingError(record);
        }

        cmdlet.WriteError(record);
    }
}
