using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Sqlite;
using IocEnrich.Engine.Tests.Orchestration;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>The file: what is in it, how large it becomes, and what happens when it cannot be used.</summary>
public sealed class ResultCacheTests : IAsyncLifetime
{
    private StoreTesting _testing = null!;

    public async Task InitializeAsync() => _testing = await StoreTesting.StartAsync();

    public async Task DisposeAsync() => await _testing.DisposeAsync();

    [Fact]
    public async Task The_statistics_tell_what_is_there_and_what_it_was_good_for()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        ResultCache store = _testing.Open(time);
        await _testing.RunAsync(store, ["a.example.com"], new JobWishes { Time = time });
        time.Advance(TimeSpan.FromHours(1));
        await _testing.RunAsync(store, ["b.example.com", "a.example.com"], new JobWishes { Time = time });

        EnrichmentCache cache = store.GetStatistics();

        Assert.Equal(_testing.File, cache.Path);
        Assert.Equal(2, cache.Entries);
        Assert.Equal(1, cache.Hits);
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), cache.Oldest);
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 13, 0, 0, TimeSpan.Zero), cache.Newest);
        Assert.InRange(cache.Size, 1, 1_000_000);
    }

    [Fact]
    public async Task Answers_are_dropped_by_age_by_indicator_and_all()
    {
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        ResultCache store = _testing.Open(time);
        await _testing.RunAsync(store, ["a.example.com", "b.example.com"], new JobWishes { Time = time });
        time.Advance(TimeSpan.FromHours(2));
        await _testing.RunAsync(store, ["c.example.com", "d.example.com"], new JobWishes { Time = time });

        Assert.Equal(0, store.Clear(TimeSpan.FromHours(3)));
        Assert.Equal(1, store.Clear(TimeSpan.FromHours(1), [Indicator.Parse("a.example.com"), Indicator.Parse("c.example.com")]));
        Assert.Equal(1, store.Clear(TimeSpan.FromHours(1)));
        Assert.Equal(2, store.Count());
        Assert.Equal(1, store.Clear(indicators: [Indicator.Parse("c.example.com"), Indicator.Parse("z.example.com")]));
        Assert.Equal(0, store.Clear(indicators: []));
        Assert.Equal(1, store.Clear());
        Assert.Equal(0, store.GetStatistics().Entries);
        Assert.Null(store.GetStatistics().Oldest);
    }

    [Fact]
    public async Task The_oldest_answers_leave_when_the_file_has_grown_too_large()
    {
        const int MaxBytes = 512 * 1024;
        ResultCache store = _testing.Open(maxBytes: MaxBytes);
        foreach (string prefix in new[] { "old", "middle", "new" })
        {
            await _testing.RunAsync(store, [.. Enumerable.Range(0, 120).Select(number => $"{prefix}{number}.example.com")]);
        }

        JobCache known = _testing.Cache(store, new JobWishes());
        Assert.InRange(store.Count(), 20, 200);
        Assert.Null(known.Find(Indicator.Parse("old0.example.com")));
        Assert.NotNull(known.Find(Indicator.Parse("new119.example.com")));
        store.Dispose();
        Assert.InRange(new FileInfo(_testing.File).Length, 1, MaxBytes);
    }

    [Fact]
    public void The_file_and_a_folder_that_is_made_for_it_are_the_owners_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string file = Path.Combine(_testing.Folder, "made", "store.db");
        using ResultCache store = ResultCache.Open(file);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public void A_file_that_others_could_read_is_closed_to_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _testing.Open().Dispose();
        File.SetUnixFileMode(_testing.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        _testing.Open();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_testing.File));
    }

    [Fact]
    public async Task A_file_that_turns_out_to_be_damaged_is_set_aside_while_the_job_goes_on()
    {
        string[] list = [.. Enumerable.Range(0, 200).Select(JobTesting.Domain)];
        ResultCache store = _testing.Open();
        await _testing.RunAsync(store, list);
        store.Dispose();
        Damage();

        ResultCache damaged = _testing.Open();
        EnrichmentResult[] results = await _testing.RunAsync(damaged, list);

        Assert.Equal(list.Length, results.Length);
        Assert.All(results, static result => Assert.NotEqual(EnrichmentStatus.Failed, result.Status));
        Assert.Contains("damaged", damaged.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(_testing.Folder, "store.db.corrupt-*"));
        Assert.Equal(0, _testing.Open().Count());
    }

    [Fact]
    public void A_file_whose_damage_shows_at_the_first_question_is_set_aside_and_the_store_can_be_begun_anew()
    {
        _testing.Open().Dispose();
        long page = Ask("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_services_1'");
        using (FileStream file = File.OpenWrite(_testing.File))
        {
            file.Position = (page - 1) * 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
        }

        ResultCache damaged = _testing.Open();
        StoreUnusableException unusable = Assert.Throws<StoreUnusableException>(() => _testing.Cache(damaged, new JobWishes()));

        Assert.True(unusable.WasSetAside);
        Assert.Contains("renamed to", unusable.Message, StringComparison.Ordinal);
        Assert.Null(_testing.Cache(_testing.Open(), new JobWishes()).Find(Indicator.Parse("example.com")));
    }

    [Fact]
    public void A_file_of_a_newer_version_is_left_alone()
    {
        _testing.Open().Dispose();
        _testing.Run("PRAGMA user_version = 1000");
        byte[] before = File.ReadAllBytes(_testing.File);

        StoreUnusableException unusable = Assert.Throws<StoreUnusableException>(() => _testing.Open());

        Assert.Contains("newer version", unusable.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_testing.File));
    }

    [Fact]
    public async Task Many_may_begin_the_same_store_at_the_same_moment()
    {
        for (int round = 0; round < 20; round++)
        {
            string file = Path.Combine(_testing.Folder, $"begun{round}.db");
            using Barrier start = new(8);
            ResultCache[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return ResultCache.Open(file);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            Assert.All(stores, static store => Assert.Equal(0, store.Count()));
            Array.ForEach(stores, static store => store.Dispose());
        }
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named()
    {
        // A file where a folder is wanted: that stops even the administrator, under whom tests may run.
        string file = Path.Combine(_testing.Folder, "file");
        File.WriteAllText(file, "");

        StoreUnusableException unusable = Assert.Throws<StoreUnusableException>(() => ResultCache.Open(Path.Combine(file, "store.db")));

        Assert.Contains(file, unusable.Message, StringComparison.Ordinal);
        Assert.Contains("IOCENRICH_CACHE", unusable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_another_process_keeps_locked_is_done_without()
    {
        ResultCache store = _testing.Open();
        await _testing.RunAsync(store, ["example.com"]);
        using SqliteConnection locker = new($"Data Source={_testing.File};Pooling=False");
        locker.Open();
        using SqliteTransaction transaction = locker.BeginTransaction(deferred: false);

        EnrichmentResult[] results = await _testing.RunAsync(store, [.. Enumerable.Range(0, 150).Select(JobTesting.Domain)]);

        Assert.Equal(150, results.Length);
        Assert.All(results, static result => Assert.NotEqual(EnrichmentStatus.Failed, result.Status));
        Assert.Contains("locked", store.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_the_file_refuses_ends_the_store_says_why_and_leaves_the_file_free_for_others()
    {
        string[] list = [.. Enumerable.Range(0, 150).Select(JobTesting.Domain)];
        ResultCache store = _testing.Open();
        _testing.Run($"CREATE TRIGGER refuse BEFORE INSERT ON answers WHEN NEW.indicator = '{list[20]}' BEGIN SELECT RAISE(ABORT, 'no room for this one'); END");

        EnrichmentResult[] results = await _testing.RunAsync(store, list);

        Assert.Equal(list.Length, results.Length);
        Assert.All(results, static result => Assert.NotEqual(EnrichmentStatus.Failed, result.Status));
        Assert.Contains("no room for this one", store.Problem, StringComparison.Ordinal);

        // The store that failed is still open, and holds no lock.
        _testing.Run("DROP TRIGGER refuse");
        await _testing.RunAsync(_testing.Open(), list);
        Assert.Equal(list.Length, _testing.Open().Count());
    }

    [Fact]
    public async Task Two_processes_that_write_at_once_lose_nothing_and_leave_one_row_each()
    {
        string[] list = [.. Enumerable.Range(0, 1_000).Select(JobTesting.Domain)];
        Task<EnrichmentResult[]>[] jobs = [.. Enumerable.Range(0, 2).Select(_ => _testing.RunAsync(_testing.Open(), list))];

        Assert.All(await Task.WhenAll(jobs), results => Assert.Equal(list.Length, results.Count(static result => result.Status != EnrichmentStatus.Failed)));
        Assert.Equal(list.Length, _testing.Open().Count());
    }

    [Fact]
    public async Task What_came_is_on_the_disk_when_the_job_has_ended()
    {
        await _testing.RunAsync(_testing.Open(), ["example.com"]);

        Assert.Equal(1, _testing.Open().Count());
    }

    // The later half is overwritten: the file opens, and reading an answer from it fails.
    private void Damage()
    {
        using FileStream file = File.OpenWrite(_testing.File);
        byte[] garbage = new byte[4096];
        Array.Fill(garbage, (byte)0xA5);
        for (long at = file.Length / 16384 * 8192; at < file.Length; at += garbage.Length)
        {
            file.Position = at;
            file.Write(garbage);
        }
    }

    private long Ask(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_testing.File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
