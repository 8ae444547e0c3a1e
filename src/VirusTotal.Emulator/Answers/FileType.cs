namespace VirusTotal.Emulator.Answers;

/// <summary>A type of files, as the service tells it.</summary>
/// <param name="Description"><c>type_description</c>.</param>
/// <param name="Tag"><c>type_tag</c>.</param>
/// <param name="Extension"><c>type_extension</c>, or <see langword="null"/> where the type has none.</param>
/// <param name="Magic"><c>magic</c>.</param>
/// <param name="Trid">The first guess of TrID.</param>
internal sealed record FileType(string Description, string Tag, string? Extension, string Magic, string Trid)
{
    public static readonly FileType EicarText = new("Text", "text", "txt", "EICAR virus test files", "EICAR antivirus test file");

    private static readonly FileType[] All =
    [
        new("Win32 EXE", "peexe", "exe", "PE32 executable (GUI) Intel 80386, for MS Windows", "Win32 Executable MS Visual C++ (generic)"),
        new("Win32 EXE", "peexe", "exe", "PE32+ executable (console) x86-64, for MS Windows", "Win64 Executable (generic)"),
        new("Win32 DLL", "pedll", "dll", "PE32 executable (DLL) (GUI) Intel 80386, for MS Windows", "Win32 Dynamic Link Library (generic)"),
        new("PDF", "pdf", "pdf", "PDF document, version 1.7", "Adobe Portable Document Format"),
        new("Office Open XML Document", "docx", "docx", "Microsoft Word 2007+", "Word Microsoft Office Open XML Format document"),
        new("ELF", "elf", null, "ELF 64-bit LSB executable, x86-64, version 1 (SYSV)", "ELF Executable and Linkable format (generic)"),
        new("Android", "android", "apk", "Zip archive data, at least v2.0 to extract", "Android Package"),
        new("JavaScript", "javascript", "js", "ASCII text, with very long lines", "Unknown!"),
        new("ZIP", "zip", "zip", "Zip archive data, at least v2.0 to extract", "ZIP compressed archive"),
        new("JPEG", "jpeg", "jpg", "JPEG image data, JFIF standard 1.01", "JFIF JPEG bitmap"),
    ];

    /// <summary>Whether it is a program for Windows, which has far more to tell.</summary>
    public bool IsPortableExecutable => Tag is "peexe" or "pedll";

    public static FileType Draw(SeededRandom random) => random.Chance(0.45) ? All[random.Below(3)] : All[random.Between(3, All.Length - 1)];
}
