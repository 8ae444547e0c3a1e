namespace IocEnrich;

/// <summary>Whether what has the form of a name or an address is one, by what stands round it in a text: not a file, a version, code.</summary>
internal static class TextContext
{
    private const int LongestGap = 4;
    private const int LongestWord = 16;

    // Top-level domains that are file endings in the texts of this trade far more often.
    private static readonly HashSet<string> FileEndings =
    [
        "cab", "java", "md", "mov", "pm", "ps", "py", "rs", "sh", "so", "zip",
    ];

    // Top-level domains with many sites that are file endings too: a word before the name has to say so.
    private static readonly HashSet<string> RareFileEndings = ["cc", "mk", "pl", "pub"];

    // What code calls its objects.
    private static readonly HashSet<string> CodeWords =
    [
        "args", "console", "document", "event", "exports", "math", "module", "obj", "params", "process", "req", "request", "res",
        "response", "self", "sys", "this", "window",
    ];

    private static readonly HashSet<string> FileWords =
    [
        "bash", "cat", "chmod", "cmd", "deletes", "dropped", "drops", "edit", "executable", "execute", "executed", "executes", "file",
        "filename", "files", "perl", "python", "run", "runs", "saved", "saves", "script", "scripts", "sudo", "writes",
    ];

    private static readonly HashSet<string> VersionWords =
    [
        "build", "firmware", "oid", "release", "rev", "revision", "v", "ver", "version", "versions",
    ];

    public static bool IsIndicator(ReadOnlySpan<char> text, NameRun name)
    {
        if (name.IsDefanged)
        {
            return true;
        }

        return name.IsIPv4 ? !IsVersion(text, name) : IsName(text, name);
    }

    private static bool IsVersion(ReadOnlySpan<char> text, NameRun name)
    {
        // "Chrome/120.0.0.0"
        bool afterProduct = name.Start > 1 && text[name.Start - 1] == '/' && char.IsAsciiLetter(text[name.Start - 2]);
        return afterProduct || WordBefore(text, name.Start, VersionWords);
    }

    private static bool IsName(ReadOnlySpan<char> text, NameRun name)
    {
        char before = name.Start > 0 ? text[name.Start - 1] : '\0';
        char after = name.End < text.Length ? text[name.End] : '\0';
        ReadOnlySpan<char> last = text[name.LastLabel..name.End];

        // A path, a variable, a call, an assignment.
        bool inPath = before == '\\' || (before == '/' && !(name.Start > 1 && text[name.Start - 2] == '/'));
        if (inPath || before == '$' || after is '(' or '=' || IsPascalCase(last))
        {
            return false;
        }

        return (last.Length > 4 || !IsFile(text, name, last)) && !IsCode(text, name);
    }

    private static bool IsCode(ReadOnlySpan<char> text, NameRun name)
    {
        ReadOnlySpan<char> first = text[name.Start..(name.LastLabel - 1)];
        if (name.Labels != 2 || first.Length > LongestWord)
        {
            return false;
        }

        Span<char> lower = stackalloc char[LongestWord];
        first.ToLowerInvariant(lower);
        return CodeWords.Contains(lower[..first.Length].ToString());
    }

    private static bool IsFile(ReadOnlySpan<char> text, NameRun name, ReadOnlySpan<char> last)
    {
        Span<char> lower = stackalloc char[4];
        last.ToLowerInvariant(lower);
        string ending = lower[..last.Length].ToString();
        if (FileEndings.Contains(ending))
        {
            return !text[name.Start..].StartsWith("www.", StringComparison.OrdinalIgnoreCase);
        }

        return name.Labels == 2 && RareFileEndings.Contains(ending) && WordBefore(text, name.Start, FileWords);
    }

    // "System.Net", "Math.Is": names of types, and sentences that lack a space ("the end.It was").
    private static bool IsPascalCase(ReadOnlySpan<char> label)
    {
        if (!char.IsAsciiLetterUpper(label[0]))
        {
            return false;
        }

        foreach (char c in label[1..])
        {
            if (char.IsAsciiLetterLower(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool WordBefore(ReadOnlySpan<char> text, int start, HashSet<string> words)
    {
        int end = start;
        while (end > 0 && start - end < LongestGap && text[end - 1] is ' ' or ':' or '=' or '"' or '\'' or '(' or '`')
        {
            end--;
        }

        int begin = end;
        Span<char> word = stackalloc char[LongestWord];
        while (begin > 0 && end - begin < LongestWord && char.IsAsciiLetterOrDigit(text[begin - 1]))
        {
            begin--;
        }

        if (begin == end)
        {
            return false;
        }

        int length = text[begin..end].ToLowerInvariant(word);
        return words.Contains(word[..length].ToString());
    }
}
