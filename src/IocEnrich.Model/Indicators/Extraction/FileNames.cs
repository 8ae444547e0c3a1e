namespace IocEnrich;

/// <summary>Names of files under endings that are top-level domains as well: <c>install.sh</c>, <c>README.md</c>, <c>Invoice_12.one</c>.</summary>
internal static class FileNames
{
    // Top-level domains that are file endings in the texts of this trade far more often.
    private static readonly WordSet Endings = new("cab", "java", "md", "mov", "pm", "ps", "py", "rs", "sh", "so", "zip");

    // Top-level domains with many sites that are file endings too: a word before the name has to say so.
    private static readonly WordSet RareEndings = new("cc", "mk", "one", "pl", "pub");

    private static readonly WordSet Words = new(
        "attached", "attachment", "attachments", "bash", "cat", "chmod", "cmd", "deletes", "dropped", "drops", "edit", "executable", "execute",
        "executed", "executes", "file", "filename", "filenames", "files", "onenote", "perl", "python", "run", "runs", "saved", "saves", "script",
        "scripts", "sudo", "writes");

    public static bool IsFile(ReadOnlySpan<char> text, NameRun name, NameContext context)
    {
        ReadOnlySpan<char> last = text[name.LastLabel..name.End];
        bool isEnding = Endings.Contains(last);
        bool isRare = !isEnding && RareEndings.Contains(last);

        // No registry takes an underscore: only labels further left have one.
        if (UnderscoreBeforeTop(text, name))
        {
            return isEnding || isRare || !context.IsMeant;
        }

        if (isEnding)
        {
            bool isSite = text[name.Start..].StartsWith("www.", StringComparison.OrdinalIgnoreCase) || context.IsMeant || name.Labels > 2;
            return !isSite || (!context.IsMeant && TextContext.WordBefore(text, name.Start, Words));
        }

        return isRare && name.Labels == 2 && TextContext.WordBefore(text, name.Start, Words);
    }

    private static bool UnderscoreBeforeTop(ReadOnlySpan<char> text, NameRun name)
    {
        int end = name.LastLabel - 1;
        int start = end;
        while (start > name.Start && CharClasses.IsWord(text[start - 1]))
        {
            start--;
        }

        return text[start..end].Contains('_');
    }
}
