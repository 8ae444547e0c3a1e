namespace IocEnrich.PowerShell.Input;

/// <summary>The names of columns as they are compared.</summary>
internal static class ColumnName
{
    private const int Longest = 128;

    /// <summary>
    /// The name in lower case, letters and digits only: <c>src_ip</c>, <c>Src IP</c> and <c>" SrcIp"</c> are one column, and so are
    /// <c>source.ip</c> of a flat export and <c>ip</c> inside <c>source</c>.
    /// </summary>
    internal static string Normalise(string name)
    {
        Span<char> letters = stackalloc char[Longest];
        int length = 0;
        foreach (char c in name)
        {
            if (!char.IsLetterOrDigit(c))
            {
                continue;
            }

            if (length == Longest)
            {
                return "";
            }

            letters[length++] = char.ToLowerInvariant(c);
        }

        return letters[..length].ToString();
    }
}
