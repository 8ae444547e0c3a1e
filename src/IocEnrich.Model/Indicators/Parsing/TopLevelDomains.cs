namespace IocEnrich;

/// <summary>The top-level domains of the DNS root zone (the IANA list, embedded as data).</summary>
internal static class TopLevelDomains
{
    /// <summary>Names that no root server delegates and that stand in indicators all the same (RFC 6761, 6762, 7686, 9476, ICANN).</summary>
    private static readonly string[] SpecialUse = ["alt", "example", "i2p", "internal", "invalid", "local", "localhost", "onion", "test"];

    // Loaded when the first name is looked at, not with the assembly.
    private static readonly Lazy<WordSet> Delegated = new(static () => new WordSet([.. EmbeddedLines.Read("top-level-domains.txt"), .. SpecialUse]));

    private static readonly WordSet Special = new(SpecialUse);

    /// <summary>Whether the label is a delegated top-level domain, or a special-use one such as <c>onion</c> or <c>local</c>.</summary>
    /// <param name="label">An ASCII label in any case.</param>
    public static bool Contains(ReadOnlySpan<char> label) => label.Length >= 2 && Delegated.Value.Contains(label);

    /// <summary>Whether names under the label are services of a hidden network, and so indicators as any other.</summary>
    public static bool IsHidden(ReadOnlySpan<char> label) =>
        label.Equals("onion", StringComparison.OrdinalIgnoreCase) || label.Equals("i2p", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the label is one of the special-use names, which have no place in the public DNS.</summary>
    public static bool IsSpecialUse(ReadOnlySpan<char> label) => Special.Contains(label);
}
