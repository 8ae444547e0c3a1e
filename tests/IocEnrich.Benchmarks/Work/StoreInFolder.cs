using IocEnrich.Engine.Store;

namespace IocEnrich.Benchmarks.Work;

/// <summary>A store that nobody has used, in a folder of its own that goes with it.</summary>
internal sealed class StoreInFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iocenrich-store-");

    internal StoreInFolder() => Store = AnswerStore.Open(Path.Combine(_folder.FullName, "store.db"));

    internal AnswerStore Store { get; }

    internal KnownAnswers Known(string provider, Uri endpoint, bool withReport = false) =>
        new(Store, provider, endpoint, new AnswerAges(), VerdictThresholds.Default, withReport);

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
