namespace IocEnrich.Engine.Sqlite;

/// <summary>Times as they are kept: in milliseconds since 1970 (UTC).</summary>
internal static class StoredTime
{
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The moment; <see langword="null"/> if a damaged number is none that .NET has.</summary>
    internal static DateTimeOffset? Read(long milliseconds) =>
        milliseconds >= First && milliseconds <= Last ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
