using System.Text;

namespace IocEnrich;

/// <summary>Reads a refanged e-mail address (RFC 5321, with the letters of RFC 6531 before the @).</summary>
internal static class EmailReader
{
    private const int LongestLocalPart = 64;

    public static bool Read(scoped ReadOnlySpan<char> text, int at, ref ParseContext context)
    {
        ReadOnlySpan<char> local = text[..at];
        ReadOnlySpan<char> rest = text[(at + 1)..];
        int tail = rest.IndexOfAny("?#");
        if (tail >= 0)
        {
            // What follows in a mailto: link.
            rest = rest[..tail];
        }

        UrlReader.SplitPort(rest, out ReadOnlySpan<char> host, out _, out _);
        if (!IsLocalPart(local))
        {
            return context.Reject(Rejection.LocalPart, local);
        }

        context.Output.Append(local);
        context.Output.Append('@');
        bool literal = rest.Length > 0 && rest[0] == '[';
        int hostStart = context.Output.Length;
        HostKind kind = HostReader.Read(host, ref context);
        if (kind == HostKind.IPv4 && !literal)
        {
            // "root@198.51.100.7" is no mail address (RFC 5321, section 4.1.3 wants brackets): it is how ssh names a machine.
            context.Output.Length = 0;
            HostReader.Read(host, ref context);
            return context.Accept(IndicatorType.IPv4);
        }

        if (kind == HostKind.IPv4)
        {
            context.Output.Length = hostStart;
            context.Output.Append('[');
            HostReader.Read(host, ref context);
            context.Output.Append(']');
        }

        return kind != HostKind.None && context.Accept(IndicatorType.Email);
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (local.IsEmpty || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (char c in local)
        {
            if (c < 128 ? !char.IsAsciiLetterOrDigit(c) && !".!#$%&'*+-/=?^_`{|}~".Contains(c) : !CharClasses.IsLetterBeyondAscii(c))
            {
                return false;
            }
        }

        return local.Length <= LongestLocalPart && Encoding.UTF8.GetByteCount(local) <= LongestLocalPart;
    }
}
