namespace IocEnrich.Engine.Orchestration;

/// <summary>What a text of a job's input came with.</summary>
/// <param name="Item">The object: a row, a file, an event; <see langword="null"/> if it was the text itself.</param>
/// <param name="Path">The file that the text stood in.</param>
/// <param name="Line">The line in it, from 1.</param>
public readonly record struct InputSource(object? Item = null, string? Path = null, long? Line = null);
