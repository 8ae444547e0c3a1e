namespace IocEnrich.Engine.Orchestration;

/// <summary>A finished job that left the list to make room for a new one.</summary>
/// <param name="Job">The job; whoever holds it can still receive from it.</param>
/// <param name="HadResultsLeft">Whether there were results that nobody had received.</param>
public sealed record EvictedJob(EnrichmentJob Job, bool HadResultsLeft);
