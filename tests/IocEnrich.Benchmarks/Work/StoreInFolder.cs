using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.Benchmarks.Work;

/// <summary>A store that nobody has used, in a folder of its own that goes with it.</summary>
internal sealed class StoreInFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iocenrich-store-");

    internal StoreInFolder() => Store = ResultCache.Open(Path.Combine(_folder.FullName, "store.db"));

    internal ResultCache Store { get; }

    internal JobCache Cache(Uri endpoint, bool withReport = false) =>
        new(Store, VirusTotalDefinition.Instance, endpoint, new CacheFreshness(), VerdictThresholds.Default, withReport);

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
