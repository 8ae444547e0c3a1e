using IocEnrich.Engine.Redaction;

namespace IocEnrich.Engine.Sqlite;

/// <summary>
/// Sees to it that the store's file is ours before anything is done to it: what others have put there is left as it is, by its bytes, its
/// name and its rights. What is ours is closed to others.
/// </summary>
internal static class StoreAccess
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // What another process begins at this moment has a mark in a moment.
    private static readonly TimeSpan BeginPause = TimeSpan.FromMilliseconds(25);

    /// <summary>The file that a path means, links followed.</summary>
    /// <exception cref="StoreUnusableException">It is a link to where there is nothing.</exception>
    internal static string Resolve(string path)
    {
        try
        {
            string? target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;
            return target is null || File.Exists(target) || Directory.Exists(target) || Directory.Exists(Path.GetDirectoryName(target))
                ? target ?? path
                : throw new StoreUnusableException(
                    $"The cache file {path} cannot be used: it is a link to {target}, whose folder does not exist. Create the folder, or set $env:{StorePath.Variable} to another file.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, exception);
        }
    }

    /// <summary>Makes the file where there is none, and closes one that is ours to others.</summary>
    /// <returns>Whether the file is one of ours that is damaged.</returns>
    /// <exception cref="StoreUnusableException">It is not ours, or cannot be used.</exception>
    internal static bool Prepare(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new StoreUnusableException(
                    $"The cache file {path} cannot be used: it is a folder. Set $env:{StorePath.Variable} to another file.");
            }

            if (!File.Exists(path))
            {
                Make(path);
                return false;
            }

            // Not even opened where there is nothing in it: it may be a pipe, which lets us wait for somebody who writes to it.
            StoreOwner owner = new FileInfo(path).Length == 0 ? StoreOwner.Nobody : ReadOwner(path);
            if (owner is StoreOwner.Us or StoreOwner.UsDamaged)
            {
                CloseToOthers(path);
                return owner == StoreOwner.UsDamaged;
            }

            return owner == StoreOwner.Nobody && IsBegun(path) ? false : throw NotOurs(path, owner);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, exception);
        }
    }

    /// <summary>Whether a file may be set aside: it is ours, damaged or not.</summary>
    internal static bool IsOurs(string path)
    {
        try
        {
            return new FileInfo(path).Length > 0 && ReadOwner(path) is StoreOwner.Us or StoreOwner.UsDamaged;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the header of a file of ours is damaged.</summary>
    internal static bool IsDamaged(string path)
    {
        try
        {
            return ReadOwner(path) == StoreOwner.UsDamaged;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A file that is not a store.</summary>
    internal static StoreUnusableException NotOurs(string path, StoreOwner owner)
    {
        string what = owner switch
        {
            StoreOwner.AnotherProgram => "it is a database of another program",
            StoreOwner.Nobody => "it is empty or not a regular file, and IocEnrich did not create it",
            _ => "it is not a cache of IocEnrich",
        };
        return new StoreUnusableException($"The cache file {path} cannot be used: {what}. It was not changed. Set $env:{StorePath.Variable} to another file, or remove this file if nobody needs it.");
    }

    private static void Make(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            // The user's own folders are closed to others there.
            Directory.CreateDirectory(folder);
            return;
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        // Before SQLite does, which would make it readable to everybody. Its log gets the same rights as the file.
        new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            UnixCreateMode = OwnerOnly,
        }).Dispose();
    }

    /// <summary>
    /// Whether a file with nothing in it is one that another process has just made, as <see cref="Make"/> does: it has no mark yet, but our
    /// rights. Pipes and devices look empty as well.
    /// </summary>
    private static bool IsBegun(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        if (File.GetUnixFileMode(path) != OwnerOnly)
        {
            return false;
        }

        // Opened for both, no pipe waits.
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        return file.CanSeek;
    }

    private static StoreOwner ReadOwner(string path)
    {
        StoreOwner owner = StoreMark.Read(path);
        if (owner is not (StoreOwner.Us or StoreOwner.Nobody))
        {
            Thread.Sleep(BeginPause);
            owner = StoreMark.Read(path);
        }

        return owner;
    }

    private static void CloseToOthers(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & ~OwnerOnly) != 0)
        {
            // A store that its owner has made read-only stays so.
            File.SetUnixFileMode(path, mode & OwnerOnly);
        }
    }

    private static StoreUnusableException Unusable(string path, Exception exception) => new(
        $"The cache file {path} cannot be used: {ForeignText.Of(exception)} Set $env:{StorePath.Variable} to a file that can be written.", exception);
}
