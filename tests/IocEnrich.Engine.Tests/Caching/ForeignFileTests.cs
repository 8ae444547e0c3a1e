using System.Diagnostics;
using System.Text;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Sqlite;
using IocEnrich.Engine.Tests.Orchestration;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>What others have put where the store is to be: it stays as it is, and a sentence says so. Only what is ours is ever set aside.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private const UnixFileMode Rw = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Rw664 = Rw | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iocenrich-foreign-");

    private string File => Path.Combine(_folder.FullName, "theirs");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Names of what others may have there.</summary>
    public static TheoryData<string, string> Files() => new()
    {
        { "text", "it is not a cache of IocEnrich" },
        { "one letter", "it is not a cache of IocEnrich" },
        { "text that tells of us", "it is not a cache of IocEnrich" },
        { "zeros", "it is not a cache of IocEnrich" },
        { "the beginning of a database", "it is not a cache of IocEnrich" },
        { "database", "is a database of another program" },
        { "database with a log", "is a database of another program" },
        { "database of a program that has an id", "is a database of another program" },
        { "database without tables", "is a database of another program" },
        { "damaged database", "is a database of another program" },
        { "empty", "empty or not a regular file" },
        { "empty database", "empty or not a regular file" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_not_ours_keeps_its_bytes_its_name_and_its_rights_and_is_refused_with_a_sentence(string kind, string reason)
    {
        Make(kind);
        foreach (UnixFileMode mode in new[] { Rw664, Rw | UnixFileMode.GroupRead, UnixFileMode.UserRead | UnixFileMode.OtherRead, kind.StartsWith("empty", StringComparison.Ordinal) ? Rw664 : Rw })
        {
            SetMode(File, mode);
            string before = Look();

            StoreUnusableException refused = Assert.Throws<StoreUnusableException>(() => ResultCache.Open(File));

            Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
            Assert.Contains(File, refused.Message, StringComparison.Ordinal);
            Assert.Contains("It was not changed", refused.Message, StringComparison.Ordinal);
            Assert.Contains("IOCENRICH_CACHE", refused.Message, StringComparison.Ordinal);
            Assert.Equal(before, Look());
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_link_to_what_is_not_ours_changes_nothing_of_either(string kind, string reason)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Make(kind);
        SetMode(File, Rw664);
        string link = Path.Combine(_folder.FullName, "link");
        System.IO.File.CreateSymbolicLink(link, "theirs");
        string before = Look();

        Assert.Contains(reason, Assert.Throws<StoreUnusableException>(() => ResultCache.Open(link)).Message, StringComparison.Ordinal);

        Assert.Equal(before, Look());
        Assert.Equal("theirs", new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_folder_with_the_name_of_the_store_is_called_one()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "iocenrich.db"));

        Assert.Contains("it is a folder", Assert.Throws<StoreUnusableException>(() => ResultCache.Open(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_where_there_is_no_folder_is_called_one_and_no_folder_is_made()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string missing = Path.Combine(_folder.FullName, "unmounted", "store.db");
        System.IO.File.CreateSymbolicLink(File, missing);

        string message = Assert.Throws<StoreUnusableException>(() => ResultCache.Open(File)).Message;

        Assert.Contains($"{File} cannot be used: it is a link to {missing}, whose folder does not exist", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(missing)));
    }

    [Fact]
    public void A_link_to_a_store_or_to_where_one_can_be_begun_is_followed_and_stays_a_link_when_the_store_is_damaged()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string target = Path.Combine(_folder.FullName, "target.db");
        System.IO.File.CreateSymbolicLink(File, "target.db");
        ResultCache.Open(File).Dispose();
        Assert.Equal(Rw, System.IO.File.GetUnixFileMode(target));
        Overwrite(target, 16, 200, 0xA5);

        using ResultCache store = ResultCache.Open(File);

        Assert.Contains("was damaged", store.TakeNotice(), StringComparison.Ordinal);
        Assert.Equal("target.db", new FileInfo(File).LinkTarget);
        Assert.Single(_folder.GetFiles("target.db.corrupt-*"));
    }

    [Theory]
    [InlineData("644")]
    [InlineData("600")]
    public async Task A_pipe_is_refused_without_waiting_for_who_writes_to_it(string mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Process made = Process.Start("mkfifo", ["-m", mode, File]);
        await made.WaitForExitAsync();

        StoreUnusableException refused = await Task.Run(() => Assert.Throws<StoreUnusableException>(() => ResultCache.Open(File))).WaitAsync(JobTesting.Limit);

        Assert.Contains("not a regular file", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    public void A_device_is_refused(string device)
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("not a regular file", Assert.Throws<StoreUnusableException>(() => ResultCache.Open(device)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_empty_file_with_the_rights_that_another_process_gives_one_that_it_begins_becomes_a_store()
    {
        System.IO.File.WriteAllBytes(File, []);
        SetMode(File, Rw);

        using ResultCache store = ResultCache.Open(File);

        Assert.Equal(0, store.Count());
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(0, 100)]
    [InlineData(18, 2)]
    [InlineData(44, 4)]
    [InlineData(56, 4)]
    [InlineData(68, 4)]
    [InlineData(0, 4096)]
    [InlineData(100, 4000)]
    [InlineData(4096, 100_000)]
    public void A_store_with_a_damaged_beginning_is_still_known_as_ours_and_set_aside(int from, int length)
    {
        ResultCache.Open(File).Dispose();
        Overwrite(File, from, length, 0xA5);

        using ResultCache store = OpenSound();

        Assert.Equal(0, store.Count());
        Assert.Single(_folder.GetFiles("theirs.corrupt-*"));
    }

    private ResultCache OpenSound()
    {
        ResultCache store = ResultCache.Open(File);
        try
        {
            _ = store.Service("VirusTotal", "https://example.com");
            return store;
        }
        catch (StoreUnusableException damaged) when (damaged.WasSetAside)
        {
            store.Dispose();
            return ResultCache.Open(File);
        }
    }

    private void Make(string kind)
    {
        switch (kind)
        {
            case "empty":
                System.IO.File.WriteAllBytes(File, []);
                break;
            case "text":
                System.IO.File.WriteAllText(File, string.Concat(Enumerable.Repeat("Notes that somebody wants to keep.\n", 3_000)));
                break;
            case "one letter":
                System.IO.File.WriteAllText(File, "x");
                break;
            case "text that tells of us":
                System.IO.File.WriteAllText(File, new string('.', 68) + "IocEnrich store");
                break;
            case "zeros":
                System.IO.File.WriteAllBytes(File, new byte[10_000]);
                break;
            case "the beginning of a database":
                System.IO.File.WriteAllText(File, "SQLite format 3\0");
                break;
            default:
                MakeDatabase(kind);
                break;
        }
    }

    private void MakeDatabase(string kind)
    {
        using (SqliteConnection connection = new($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = kind switch
            {
                "database with a log" => "PRAGMA journal_mode = WAL; CREATE TABLE theirs (id INTEGER); INSERT INTO theirs VALUES (1)",
                "database of a program that has an id" => "PRAGMA application_id = 1196444487; PRAGMA user_version = 2; CREATE TABLE answers (id INTEGER)",
                "empty database" => "PRAGMA auto_vacuum = INCREMENTAL; VACUUM",
                "database without tables" => "PRAGMA user_version = 3",
                _ => "CREATE TABLE theirs (id INTEGER); INSERT INTO theirs VALUES (1)",
            };
            command.ExecuteNonQuery();
            if (kind == "database with a log")
            {
                // As a process that was killed leaves it: the log is still to be taken in.
                foreach (string companion in new[] { "", "-wal" })
                {
                    System.IO.File.Copy(File + companion, Path.Combine(_folder.FullName, "killed" + companion));
                }
            }
        }

        if (kind == "database with a log")
        {
            System.IO.File.Move(Path.Combine(_folder.FullName, "killed"), File, overwrite: true);
            System.IO.File.Move(Path.Combine(_folder.FullName, "killed-wal"), File + "-wal");
        }
        else if (kind == "damaged database")
        {
            Overwrite(File, 100, 3_000, 0xA5);
        }
    }

    private static void Overwrite(string path, int from, int length, byte with)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        bytes.AsSpan(from, Math.Min(length, bytes.Length - from)).Fill(with);
        System.IO.File.WriteAllBytes(path, bytes);
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, mode);
        }
    }

    // All that is in the folder: names, rights, bytes.
    private string Look()
    {
        StringBuilder all = new();
        foreach (FileInfo file in _folder.GetFiles().OrderBy(static file => file.Name, StringComparer.Ordinal))
        {
            string mode = OperatingSystem.IsWindows() ? "" : file.UnixFileMode.ToString();
            all.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{file.Name} {mode} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.IO.File.ReadAllBytes(file.FullName)))}");
        }

        return all.ToString();
    }
}
