using System.Text;

namespace IocEnrich;

/// <summary>
/// Reads the values that a STIX 2 pattern compares with: <c>[ipv4-addr:value = '198.51.100.7']</c>. Not the whole language: only what
/// says "equal to" (<c>=</c>, <c>IN</c>) of an address, a name, a URL or a hash of a file. Time is linear in the pattern.
/// </summary>
public static class StixPattern
{
    private static readonly string[] ObjectsWithValue = ["ipv4-addr:value", "ipv6-addr:value", "domain-name:value", "url:value", "email-addr:value"];

    /// <summary>
    /// The texts in a pattern that may be indicators, in their order. Hashes that are joined with <c>AND</c> are of one file: the
    /// strongest that can be looked up stands for it.
    /// </summary>
    /// <param name="pattern">A pattern; a text that is none has no values.</param>
    /// <exception cref="ArgumentNullException">The pattern is <c>null</c>.</exception>
    public static IReadOnlyList<string> Values(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        List<string> values = [];
        List<Comparison> joined = [];
        string path = "";
        bool isEqual = false;
        for (int index = 0; index < pattern.Length;)
        {
            char c = pattern[index];
            if (c == '\'')
            {
                string literal = ReadLiteral(pattern, ref index);
                if (isEqual && IsIndicator(path))
                {
                    joined.Add(new Comparison(literal, IsHash: !path.EndsWith("value", StringComparison.Ordinal)));
                }
            }
            else if (char.IsAsciiLetter(c))
            {
                string word = ReadWord(pattern, ref index);
                switch (word)
                {
                    case "NOT" or "LIKE" or "MATCHES" or "ISSUBSET" or "ISSUPERSET":
                        path = "";
                        break;
                    case "IN":
                        isEqual = true;
                        break;
                    case "OR":
                        Conclude(joined, values);
                        break;
                    case not "AND":
                        (path, isEqual) = (word, false);
                        break;
                }
            }
            else
            {
                isEqual |= c == '=' && index > 0 && pattern[index - 1] is not ('!' or '<' or '>');
                if (c == ']')
                {
                    Conclude(joined, values);
                }

                index++;
            }
        }

        Conclude(joined, values);
        return values;
    }

    private static bool IsIndicator(string path) =>
        ObjectsWithValue.Contains(path)
        || path.EndsWith("_ref.value", StringComparison.Ordinal)
        || IsHashOfFile(path);

    // "file:hashes.'SHA-256'", and not "x509-certificate:hashes.'SHA-1'" or "file:hashes.IMPHASH": what the hash is of, or how it is made,
    // stands in the path.
    private static bool IsHashOfFile(string path)
    {
        int name = path.LastIndexOf("hashes.", StringComparison.Ordinal);
        return name > 0
            && path[name - 1] is ':' or '.'
            && !path.Contains("x509", StringComparison.OrdinalIgnoreCase)
            && IsAlgorithm(path.AsSpan(name + "hashes.".Length));
    }

    // The hash algorithm vocabulary of STIX, as far as it makes digests of the whole file; SHA-512 is told about where it is refused.
    private static bool IsAlgorithm(ReadOnlySpan<char> name) =>
        name.StartsWith("MD5", StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("SHA", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("SHA3", StringComparison.OrdinalIgnoreCase));

    // What is joined with AND, so far: of its hashes the longest that there is a lookup for.
    private static void Conclude(List<Comparison> joined, List<string> values)
    {
        int strongest = joined
            .Where(static comparison => comparison is { IsHash: true, Literal.Length: 32 or 40 or 64 })
            .Select(static comparison => comparison.Literal.Length)
            .DefaultIfEmpty()
            .Max();
        values.AddRange(joined
            .Where(comparison => !comparison.IsHash || strongest == 0 || comparison.Literal.Length == strongest)
            .Select(static comparison => comparison.Literal));
        joined.Clear();
    }

    /// <summary>Reads a keyword or an object path with its steps: <c>file:hashes.'SHA-256'</c>, <c>a:b[*].c</c>.</summary>
    private static string ReadWord(string pattern, ref int index)
    {
        StringBuilder word = new();
        while (index < pattern.Length)
        {
            char c = pattern[index];
            if (c == '\'' && word.Length > 0 && word[^1] is '.' or ':')
            {
                word.Append(ReadLiteral(pattern, ref index));
                continue;
            }

            bool isStep = c == '[' && word.Length > 0 && index + 1 < pattern.Length && (char.IsAsciiDigit(pattern[index + 1]) || pattern[index + 1] == '*');
            if (isStep)
            {
                int close = pattern.IndexOf(']', index);
                index = close < 0 ? pattern.Length : close + 1;
            }
            else if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '.')
            {
                word.Append(c);
                index++;
            }
            else
            {
                break;
            }
        }

        return word.ToString();
    }

    private static string ReadLiteral(string pattern, ref int index)
    {
        StringBuilder literal = new();
        for (index++; index < pattern.Length && pattern[index] != '\''; index++)
        {
            if (pattern[index] == '\\' && index + 1 < pattern.Length)
            {
                index++;
            }

            literal.Append(pattern[index]);
        }

        index++;
        return literal.ToString();
    }

    private readonly record struct Comparison(string Literal, bool IsHash);
}
