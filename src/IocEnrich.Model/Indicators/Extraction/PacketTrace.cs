namespace IocEnrich;

/// <summary>Addresses as tcpdump prints them, with the port behind a fifth dot: <c>IP 198.51.100.7.443 &gt; 203.0.113.9.https: Flags</c>.</summary>
internal static class PacketTrace
{
    private const int AddressParts = 4;

    /// <summary>Reads one, where the arrow beside it tells what it is.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int start, int end, out int addressEnd)
    {
        addressEnd = start;
        bool isSource = text[end..].StartsWith(" > ") || text[end..].StartsWith(" < ");
        bool isTarget = text[..start].EndsWith(" > ") || text[..start].EndsWith(" < ");
        if (!isSource && !isTarget)
        {
            return false;
        }

        int dots = 0;
        for (int index = start; index < end; index++)
        {
            if (text[index] == '.' && ++dots == AddressParts)
            {
                addressEnd = index;
            }
        }

        return dots == AddressParts && IPv4Text.TryRead(text[start..addressEnd], out _, out _, out _);
    }
}
