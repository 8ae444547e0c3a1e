using System.Globalization;

namespace IocEnrich;

/// <summary>What a host turned out to be.</summary>
internal enum HostKind
{
    None,
    Domain,
    IPv4,
    IPv6,
}

/// <summary>Reads a refanged host, a name or an address, and writes its canonical form.</summary>
internal static class HostReader
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>Reads the host of a URL: what browsers take for an address is one, and a single label (an intranet's) is a name.</summary>
    public static HostKind ReadUrlHost(scoped ReadOnlySpan<char> host, ref ParseContext context)
    {
        host = WithoutRoot(host);
        if (host.IsEmpty)
        {
            context.Reject(Rejection.NoHost);
            return HostKind.None;
        }

        if (host.Contains(':'))
        {
            return ReadBracketed(host, ref context);
        }

        if (char.IsAsciiDigit(host[0]) && IPv4Text.TryReadNumbers(host, out uint address))
        {
            IPv4Text.Append(ref context.Output, address);
            return HostKind.IPv4;
        }

        return IPv4Text.HasShape(host) ? ReadAddress(host, ref context) : ReadName(host, ref context, isUrlHost: true);
    }

    /// <summary>Reads a host that stands alone.</summary>
    public static HostKind Read(scoped ReadOnlySpan<char> host, ref ParseContext context)
    {
        host = WithoutRoot(host);
        if (!IPv4Text.HasShape(host))
        {
            return ReadName(host, ref context, isUrlHost: false);
        }

        return ReadAddress(host, ref context);
    }

    // The root's own dot, as resolvers print it.
    private static ReadOnlySpan<char> WithoutRoot(ReadOnlySpan<char> host) => host.Length > 1 && host[^1] == '.' ? host[..^1] : host;

    private static HostKind ReadAddress(scoped ReadOnlySpan<char> host, ref ParseContext context)
    {
        if (!IPv4Text.TryRead(host, out uint address, out Rejection rejection, out Range wrong))
        {
            context.Reject(rejection, host[wrong]);
            return HostKind.None;
        }

        IPv4Text.Append(ref context.Output, address);
        return HostKind.IPv4;
    }

    private static HostKind ReadBracketed(scoped ReadOnlySpan<char> host, ref ParseContext context)
    {
        ReadOnlySpan<char> text = host;
        int zone = text.IndexOf('%');
        if (!IPv6Text.TryRead(zone < 0 ? text : text[..zone], out UInt128 address))
        {
            context.Reject(Rejection.NotIPv6, text);
            return HostKind.None;
        }

        if (IPv6Text.IsMapped(address))
        {
            IPv4Text.Append(ref context.Output, (uint)address);
            return HostKind.IPv4;
        }

        context.Output.Append('[');
        IPv6Text.Append(ref context.Output, address);
        context.Output.Append(']');
        return HostKind.IPv6;
    }

    private static HostKind ReadName(scoped ReadOnlySpan<char> name, ref ParseContext context, bool isUrlHost)
    {
        if (System.Text.Ascii.IsValid(name))
        {
            return CheckLabels(name, ref context, isUrlHost);
        }

        string? ascii = ToAscii(name);
        if (ascii is null)
        {
            context.Reject(Rejection.NotAName, name);
            return HostKind.None;
        }

        return CheckLabels(ascii, ref context, isUrlHost);
    }

    private static HostKind CheckLabels(scoped ReadOnlySpan<char> name, ref ParseContext context, bool isUrlHost)
    {
        Rejection? problem = FindProblem(name, out ReadOnlySpan<char> detail, out int lastDot);
        if (problem is null)
        {
            ReadOnlySpan<char> last = name[(lastDot + 1)..];
            bool known = lastDot < 0
                ? (isUrlHost && char.IsAsciiLetterOrDigit(last[0]) && !CharSets.AreDigits(last))
                    || last.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                : TopLevelDomains.Contains(last);
            if (known)
            {
                context.Output.AppendLower(name);
                return HostKind.Domain;
            }

            problem = lastDot < 0 ? Rejection.NoKnownForm : Rejection.NoTopLevelDomain;
            detail = last;
        }

        context.Reject(problem.Value, detail);
        return HostKind.None;
    }

    // RFC 1035, section 2.3.1, as relaxed by RFC 1123, section 2.1 (a digit may come first) and by what stands in the DNS (underscores).
    private static Rejection? FindProblem(ReadOnlySpan<char> name, out ReadOnlySpan<char> detail, out int lastDot)
    {
        detail = name;
        lastDot = -1;
        if (name.Length > LongestName)
        {
            return Rejection.NameTooLong;
        }

        for (int i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && name[i] != '.')
            {
                if ((CharClasses.Of(name[i]) & CharClass.Word) == 0)
                {
                    detail = name.Slice(i, 1);
                    return Rejection.HostCharacter;
                }

                continue;
            }

            int length = i - lastDot - 1;
            if (length is 0 or > LongestLabel)
            {
                return length == 0 ? Rejection.EmptyLabel : Rejection.LabelTooLong;
            }

            if (name[i - 1] == '-' || name[lastDot + 1] == '-')
            {
                return Rejection.HyphenAtEdge;
            }

            if (i < name.Length)
            {
                lastDot = i;
            }
        }

        return null;
    }

    /// <summary>The ASCII form of an international name (RFC 5891), or <c>null</c> if it has none.</summary>
    private static string? ToAscii(ReadOnlySpan<char> name)
    {
        // What is too long to be a name is refused before anything is computed for it.
        if (name.Length > LongestName)
        {
            return null;
        }

        try
        {
            return Idn.GetAscii(name.ToString().ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            // The framework has no way to ask without being thrown at.
            return null;
        }
    }
}
