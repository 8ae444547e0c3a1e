using System.Text;
using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Parsing;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>The file in which VirusTotal's own command line (vt-cli) keeps its key: TOML, with <c>apikey="…"</c> at its top.</summary>
public static class VtCliConfiguration
{
    private const string KeyName = "apikey";

    // Some hundred bytes as a rule.
    private const int MaxLength = 64 * 1024;

    /// <summary>Reads the key from the file.</summary>
    /// <returns><see langword="null"/> if the file is not there, or has none.</returns>
    /// <exception cref="InvalidDataException">There is one that cannot be read: a sentence says why, and shows nothing of the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string? ReadKey(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            throw new InvalidDataException("It is a folder, not a file.");
        }

        // Pipes and devices look empty, and are not opened: a pipe lets whoever reads it wait for somebody who writes to it.
        FileInfo file = new(path);
        FileInfo target = file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo final ? final : file;
        return target.Exists && target.Length > 0 ? Find(Parse(ReadText(target.FullName))) : null;
    }

    private static string ReadText(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[MaxLength + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MaxLength)
        {
            throw new InvalidDataException($"It is larger than {MaxLength / 1024} KB, so it is not a configuration of vt-cli.");
        }

        using StreamReader reader = new(new MemoryStream(bytes, 0, length), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static TomlTable Parse(string text)
    {
        try
        {
            // The table alone would take the last of two values for one key.
            SyntaxParser.ParseStrict(text, sourceName: null, validate: true);
            return TomlSerializer.Deserialize<TomlTable>(text) ?? [];
        }
        catch (TomlException exception)
        {
            // Not what the parser says: it quotes the line, and the key may stand in it.
            string place = exception.Line is > 0 and var line ? $"Line {line} of it" : "It";
            throw new InvalidDataException($"{place} is not valid TOML. Put text in quotation marks, as in: apikey=\"<your key>\".");
        }
    }

    private static string? Find(TomlTable top)
    {
        if (top.FirstOrDefault(IsKey) is { Value: { } value })
        {
            return value as string
                ?? throw new InvalidDataException("apikey in it is not text. Put it in quotation marks, as in: apikey=\"<your key>\".");
        }

        foreach ((string name, object? table) in top)
        {
            if (table is TomlTable inner && inner.Any(IsKey))
            {
                throw new InvalidDataException(
                    $"apikey in it is under [{DisplayText.Clean(name, 60)}], where vt-cli does not read it. Move it to the top of the file, before the first table.");
            }
        }

        return null;
    }

    // As vt-cli, which does not tell names by their case.
    private static bool IsKey(KeyValuePair<string, object> entry) => entry.Key.Equals(KeyName, StringComparison.OrdinalIgnoreCase);
}
