namespace IocEnrich;

/// <summary>Where a result's indicator came from, and how often. It is added to a result when somebody receives it.</summary>
/// <param name="Text">The text that was given, made safe to show.</param>
/// <param name="Position">Its number among all that were given to the job, from 1.</param>
/// <param name="Occurrences">How many of them mean the same.</param>
/// <param name="Path">The file it was found in.</param>
/// <param name="Line">The line it was found at, from 1.</param>
/// <param name="Source">The object it came with, or several as an array; none if it was the text itself.</param>
internal sealed record ResultOrigin(string? Text, int Position, int Occurrences, string? Path, long? Line, object? Source = null)
{
    internal static readonly ResultOrigin Unknown = new(null, 0, 0, null, null);
}
