namespace IocEnrich;

/// <summary>URLs that are percent-encoded as a whole, as they stand in the query of another one: <c>http%3A%2F%2Fevil.com%2Fa</c>.</summary>
internal static class PercentEncoding
{
    private const int LongestScheme = 8;

    /// <summary>Whether the separator behind the scheme is encoded; then nothing of the text is to be taken as it stands.</summary>
    public static bool IsEncodedUrl(ReadOnlySpan<char> token)
    {
        int percent = token[..Math.Min(token.Length, LongestScheme)].IndexOf('%');
        return percent > 0 && token[percent..].StartsWith("%3A%2F%2F", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Decodes once. What is not valid UTF-8 stays encoded.</summary>
    public static string Decode(ReadOnlySpan<char> token) => Uri.UnescapeDataString(token.ToString());
}
