namespace IocEnrich.Engine.Sqlite;

/// <summary>The path of the cache file.</summary>
public static class StorePath
{
    /// <summary>The environment variable that moves it: a file, or a folder to put it in.</summary>
    public const string Variable = "IOCENRICH_CACHE";

    private const string FileName = "iocenrich.db";

    /// <summary>
    /// The store's file unless something else is said: in the platform's folder for what a user's programs may throw away
    /// (<c>%LOCALAPPDATA%</c>, <c>~/Library/Caches</c>, <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>).
    /// </summary>
    public static string OfPlatform => Path.Combine(CacheFolder, "IocEnrich", FileName);

    /// <summary>The file that <see cref="Variable"/> says; <see langword="null"/> if it says none.</summary>
    public static string? OfEnvironment =>
        Environment.GetEnvironmentVariable(Variable) is { } value && !string.IsNullOrWhiteSpace(value) ? Of(value.Trim()) : null;

    /// <summary>The store's file: <see cref="OfEnvironment"/>, else <see cref="OfPlatform"/>.</summary>
    public static string Default => OfEnvironment ?? OfPlatform;

    /// <summary>
    /// The full name of the file that is meant: a folder that exists, or a name that ends as a folder's, holds the file. <c>~</c> is the
    /// user's folder.
    /// </summary>
    /// <param name="path">A file or a folder, relative to the process's folder where it is relative.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or cannot be a path.</exception>
    public static string Of(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(BelowHome(path));
        return Path.EndsInDirectorySeparator(full) || Directory.Exists(full) ? Path.Combine(full, FileName) : full;
    }

    // A shell would have put the home folder in its place; not so where the variable is set in a file, or in quotes.
    private static string BelowHome(string path) => path is "~" or ['~', '/' or '\\', ..]
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
        : path;

    private static string CacheFolder
    {
        get
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (OperatingSystem.IsWindows())
            {
                return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            }

            if (OperatingSystem.IsMacOS())
            {
                return Path.Combine(home, "Library", "Caches");
            }

            // The XDG base directory specification: a relative path in the variable is invalid and is to be ignored.
            return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } xdg && Path.IsPathRooted(xdg) ? xdg : Path.Combine(home, ".cache");
        }
    }
}
