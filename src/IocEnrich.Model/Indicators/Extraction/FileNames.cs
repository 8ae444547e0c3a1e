namespace IocEnrich;

/// <summary>Names of files under endings that are top-level domains as well: <c>install.sh</c>, <c>README.md</c>, <c>Invoice_12.one</c>.</summary>
internal static class FileNames
{
    // Top-level domains that are file endings in the texts of this trade far more often.
    private static readonly WordSet Endings = new("cab", "java", "md", "mov", "pm", "ps", "py", "rs", "sh", "so", "zip");

    // Top-level domains with many sites that are file endings too: a word before the name has to say so.
    private static readonly WordSet RareEndings = new("cc", "mk", "one", "pl", "pub");

    // What stands before the ending of a file that is packed, compiled or copied.
    private static readonly WordSet InnerEndings = new(
        "bak", "bin", "class", "conf", "config", "css", "csv", "dat", "dll", "dmp", "doc", "docx", "elf", "exe", "gz", "html", "iso", "jpg", "js", "json", "lnk",
        "log", "min", "msi", "old", "one", "orig", "pdf", "php", "png", "ps1", "py", "sh", "spec", "tar", "test", "tmp", "ts", "txt", "vbs", "xls", "xlsx", "xml",
        "yaml", "yml");

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
            if (name.Labels == 2 && last is "md" && IsShouted(text[name.Start..(name.LastLabel - 1)]))
            {
                return true;
            }

            bool isSite = text[name.Start..].StartsWith("www.", StringComparison.OrdinalIgnoreCase) || context.IsMeant || name.Labels > 2;
            return !isSite || (!context.IsMeant && (IsCopy(text, name) || TextContext.WordBefore(text, name.Start, Words)));
        }

        return isRare && name.Labels == 2 && TextContext.WordBefore(text, name.Start, Words);
    }

    // "README.md", "CHANGELOG.md"
    private static bool IsShouted(ReadOnlySpan<char> word) => word.Length > 3 && word.IndexOfAnyExceptInRange('A', 'Z') < 0;

    private static bool UnderscoreBeforeTop(ReadOnlySpan<char> text, NameRun name)
    {
        int end = name.LastLabel - 1;
        return text[StartOfLabel(text, name.Start, end)..end].Contains('_');
    }

    // "337478.one.zip", "lsass.dmp.cab", "setup_1.2.3.zip"
    private static bool IsCopy(ReadOnlySpan<char> text, NameRun name)
    {
        int end = name.LastLabel - 1;
        ReadOnlySpan<char> label = text[StartOfLabel(text, name.Start, end)..end];
        return InnerEndings.Contains(label) || CharSets.AreDigits(label);
    }

    private static int StartOfLabel(ReadOnlySpan<char> text, int lowest, int end)
    {
        int start = end;
        while (start > lowest && CharClasses.IsWord(text[start - 1]))
        {
            start--;
        }

        return start;
    }
}
