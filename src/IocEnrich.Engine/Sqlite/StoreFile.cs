using System.Globalization;
using IocEnrich.Engine.Redaction;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Sqlite;

/// <summary>The one file of the store: opens it, for its owner only, and sees to it that it is one that can be used.</summary>
internal sealed class StoreFile
{
    /// <summary>How long a statement waits for another process that writes.</summary>
    internal static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(5);

    // https://www.sqlite.org/rescode.html
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    private static readonly TimeSpan BeginPause = TimeSpan.FromMilliseconds(25);

    /// <summary>What SQLite appends to the file's name for the files that belong to it: the log, and its index.</summary>
    internal static readonly string[] Companions = ["-wal", "-shm"];

    private string? _notice;

    private StoreFile(string path) => Path = path;

    /// <summary>The full path of the file.</summary>
    internal string Path { get; }

    /// <summary>Makes the file where there is none, or brings it up to this version; a damaged one is set aside.</summary>
    /// <exception cref="StoreUnusableException">It cannot be used.</exception>
    internal static StoreFile Open(string path)
    {
        StoreFile file = new(StoreAccess.Resolve(path));
        try
        {
            file.Prepare();
        }
        catch (StoreDamagedException)
        {
            file._notice = file.SetAside();
            file.Prepare();
        }
        catch (SqliteException exception) when (MayBeCorrupt(exception))
        {
            file._notice = file.SetAsideIfDamaged() ?? throw new StoreUnusableException(file.Describe(exception), exception);
            file.Prepare();
        }

        return file;
    }

    /// <summary>A connection of one's own. Not thread-safe, as connections are.</summary>
    /// <exception cref="StoreUnusableException">The file cannot be opened.</exception>
    internal SqliteConnection Connect()
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,

            // How long the package goes on asking after SQLite itself has given up waiting: not at all, it would wait twice.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();

            // With a write-ahead log, NORMAL loses nothing when a process is killed; only a loss of power can cost the last transactions.
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA busy_timeout = {(long)BusyLimit.TotalMilliseconds}; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 8388608");
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw MayBeCorrupt(exception) ? exception : new StoreUnusableException(Describe(exception), exception);
        }
    }

    /// <summary>What a person should know about how it was opened, once.</summary>
    internal string? TakeNotice() => Interlocked.Exchange(ref _notice, null);

    /// <summary>Whether the file is damaged, so that using it further makes no sense.</summary>
    internal static bool IsCorrupt(SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>
    /// Whether damage can be the reason: our statements are always the same, so that one which the file does not understand speaks of
    /// tables that are not what they were.
    /// </summary>
    internal static bool MayBeCorrupt(SqliteException exception) => IsCorrupt(exception) || exception.SqliteErrorCode == Error;

    /// <summary>What is wrong, and what to do.</summary>
    internal string Describe(SqliteException exception)
    {
        string reason = exception.SqliteErrorCode switch
        {
            Busy or Locked => string.Create(CultureInfo.InvariantCulture, $"another process has locked it for more than {BusyLimit.TotalSeconds:0} seconds. End that process, wait until it is done"),
            ReadOnly => "it or its folder is read-only. Make both writable",
            Full => "the disk is full. Free some space",
            CannotOpen => "it cannot be opened. Check that its folder exists and is writable",
            Corrupt or NotADatabase => "it is damaged. Move it away",
            _ => $"the database reported an error ({ForeignText.Clean(exception.Message)}). Try again",
        };
        return $"The cache file {Path} cannot be used: {reason}, or set $env:{StorePath.Variable} to another file.";
    }

    /// <summary>
    /// Gives a damaged file another name, so that a new one can be begun. It is never deleted. Another process may have done so already:
    /// a file that is sound is left alone.
    /// </summary>
    /// <returns>What a person should know; <see langword="null"/> if the file is sound.</returns>
    /// <exception cref="StoreUnusableException">It cannot be renamed.</exception>
    internal string? SetAsideIfDamaged() => IsDamaged() ? SetAside() : null;

    private bool IsDamaged()
    {
        try
        {
            if (StoreAccess.IsDamaged(Path))
            {
                return true;
            }

            using SqliteConnection connection = Connect();
            using SqliteCommand command = connection.CreateCommand();

            // Not the quick check, which does not compare the table with its index.
            command.CommandText = "PRAGMA integrity_check(1)";
            return command.ExecuteScalar() is not "ok" || !StoreSchema.IsWhole(connection);
        }
        catch (SqliteException exception) when (MayBeCorrupt(exception))
        {
            return true;
        }
    }

    private string SetAside()
    {
        if (!StoreAccess.IsOurs(Path))
        {
            throw StoreAccess.NotOurs(Path, StoreOwner.Somebody);
        }

        string suffix = string.Create(CultureInfo.InvariantCulture, $".corrupt-{DateTime.UtcNow:yyyyMMdd'T'HHmmssfff}");
        try
        {
            File.Move(Path, Path + suffix);
            foreach (string companion in Companions)
            {
                // SQLite would take them for the new file's.
                if (File.Exists(Path + companion))
                {
                    File.Move(Path + companion, Path + suffix + companion);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException(
                $"The cache file {Path} is damaged, and cannot be renamed to make room for a new one: {ForeignText.Of(exception)} Move it away, or set $env:{StorePath.Variable} to another file.",
                exception);
        }

        return $"The cache file {Path} was damaged. It was renamed to {Path}{suffix}, and a new one was created. Its answers are looked up again.";
    }

    private void Prepare()
    {
        if (StoreAccess.Prepare(Path))
        {
            throw new StoreDamagedException();
        }

        // Processes that begin a store at the same time get into each other's way, and SQLite itself does not wait where it changes to the
        // write-ahead log.
        for (long start = Environment.TickCount64; ; Thread.Sleep(BeginPause))
        {
            try
            {
                Begin();
                return;
            }
            catch (Exception exception) when (IsBusy(exception) && Environment.TickCount64 - start < BusyLimit.TotalMilliseconds)
            {
                // Once more: the others are done in a moment.
            }
            catch (SqliteException exception) when (!MayBeCorrupt(exception))
            {
                throw new StoreUnusableException(Describe(exception), exception);
            }
        }
    }

    private static bool IsBusy(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException as SqliteException) is { SqliteErrorCode: Busy or Locked };

    private void Begin()
    {
        using SqliteConnection connection = Connect();
        StoreSchema.Migrate(connection);
        using SqliteCommand command = connection.CreateCommand();

        // Readers and one writer do not wait for each other. Where the file system cannot do it, SQLite stays with its other way.
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }
}
