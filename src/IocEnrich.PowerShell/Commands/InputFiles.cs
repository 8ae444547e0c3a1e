using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Text files with one indicator a line. Blank lines and comments are passed over.</summary>
internal static class InputFiles
{
    /// <summary>The files that paths of PowerShell mean. What is not there has its error; the others are taken.</summary>
    internal static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string[] paths, bool expandWildcards)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            IReadOnlyCollection<string> found = expandWildcards ? Expand(cmdlet, path) : [cmdlet.GetUnresolvedProviderPathFromPSPath(path)];
            files.AddRange(found.Where(File.Exists));
            if (!found.Any(File.Exists))
            {
                cmdlet.WriteError(InputErrors.FileNotFound(path));
            }
        }

        return files;
    }

    /// <summary>Hands on the indicators of a file, line by line as they are read: UTF-8, or what the byte order mark says.</summary>
    internal static void Read(PSCmdlet cmdlet, string path, Action<string> take)
    {
        try
        {
            using StreamReader reader = new(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            while (!cmdlet.Stopping && reader.ReadLine() is { } line)
            {
                ReadOnlySpan<char> indicator = IndicatorInput.WithoutComment(line);
                if (!indicator.IsEmpty)
                {
                    take(indicator.ToString());
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(InputErrors.FileUnreadable(path, exception));
        }
    }

    private static Collection<string> Expand(PSCmdlet cmdlet, string path)
    {
        try
        {
            return cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
    }
}
