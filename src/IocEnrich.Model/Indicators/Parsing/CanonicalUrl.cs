namespace IocEnrich;

/// <summary>The parts of a URL that <see cref="UrlReader"/> has written. It has a scheme, a host and a path, always.</summary>
internal static class CanonicalUrl
{
    /// <summary>Where the host stands: behind the user-info, without the port.</summary>
    /// <param name="start">Where the host begins; a bracket of an IPv6 host is part of it.</param>
    /// <param name="length">How long it is.</param>
    public static void LocateHost(ReadOnlySpan<char> url, out int start, out int length)
    {
        start = url.IndexOf("://") + 3;
        int end = start + url[start..].IndexOf('/');
        int at = url[start..end].LastIndexOf('@');
        start += at + 1;
        ReadOnlySpan<char> authority = url[start..end];
        int stop = authority[0] == '[' ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        length = stop < 0 ? authority.Length : stop;
    }

    /// <summary>The host, an IPv6 address without its brackets.</summary>
    public static ReadOnlySpan<char> Host(ReadOnlySpan<char> url)
    {
        LocateHost(url, out int start, out int length);
        return url[start] == '[' ? url.Slice(start + 1, length - 2) : url.Slice(start, length);
    }
}
