namespace VirusTotal.Emulator;

/// <summary>The headers of a request that tests care about; <see langword="null"/> if one was missing.</summary>
/// <param name="UserAgent"><c>User-Agent</c>.</param>
/// <param name="ApiKey"><c>x-apikey</c>.</param>
/// <param name="Tool"><c>x-tool</c>.</param>
/// <param name="AcceptEncoding"><c>Accept-Encoding</c>.</param>
public sealed record SeenHeaders(string? UserAgent, string? ApiKey, string? Tool, string? AcceptEncoding);
