using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Sqlite;

/// <summary>How large the store is.</summary>
internal static class StoreSize
{
    /// <summary>How large the store may become unless it is set otherwise: 1 GiB.</summary>
    internal const long DefaultMaxBytes = 1L << 30;

    /// <summary>Asks how many bytes of the file hold something.</summary>
    internal const string UsedBytes =
        "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size";

    /// <summary>Gives what is free in the file back to the disk.</summary>
    internal static void GiveBack(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA incremental_vacuum";

        // It frees one page with each row that is read.
        using SqliteDataReader steps = command.ExecuteReader();
        while (steps.Read())
        {
        }
    }

    /// <summary>How many bytes the store takes on the disk, its log included.</summary>
    internal static long OnDisk(string path) =>
        StoreFile.Companions.Prepend("").Select(companion => new FileInfo(path + companion)).Where(static file => file.Exists).Sum(static file => file.Length);
}
