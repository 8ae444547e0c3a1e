using System.Buffers.Binary;

namespace IocEnrich.Engine.Sqlite;

/// <summary>
/// Tells our files from those of others by what stands in them, without SQLite, which would change a file that it only looks at. The mark
/// stands in several places, so that a damaged file of ours is still known as such.
/// </summary>
internal static class StoreMark
{
    /// <summary>Stands in the header of our files: "IocE".</summary>
    internal const int ApplicationId = 0x496F6345;

    /// <summary>Stands in the table of tables, and in the name of a counter, on another page.</summary>
    internal const string Text = "IocEnrich store 4b1f0c52-3c0a-4d0e-9b6e-6d1a2f7c8e35";

    // All places of the mark are in it.
    private const int HeadLength = 64 * 1024;

    // https://www.sqlite.org/fileformat.html#the_database_header
    private const int WriteVersion = 18;
    private const int ReadVersion = 19;
    private const int SchemaFormat = 44;
    private const int Encoding = 56;
    private const int UserVersion = 60;
    private const int ApplicationIdPlace = 68;
    private const int HeaderLength = 100;
    private const int LeafOfTable = 0x0D;
    private const int CellCount = HeaderLength + 3;

    /// <summary>The owner of a file, by its mark.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static StoreOwner Read(string path)
    {
        byte[] head = new byte[HeadLength];
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        return Read(head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
    }

    private static StoreOwner Read(ReadOnlySpan<byte> head)
    {
        bool isDatabase = head.Length >= HeaderLength && head.StartsWith("SQLite format 3\0"u8);
        bool isOurs = isDatabase && BinaryPrimitives.ReadInt32BigEndian(head[ApplicationIdPlace..]) == ApplicationId;
        if (isOurs && IsSane(head))
        {
            return StoreOwner.Us;
        }

        bool hasText = head.IndexOf(System.Text.Encoding.ASCII.GetBytes(Text)) >= 0;
        return isOurs || hasText ? StoreOwner.UsDamaged
            : head.IsEmpty || (isDatabase && HoldsNothing(head)) ? StoreOwner.Nobody
            : isDatabase ? StoreOwner.AnotherProgram
            : StoreOwner.Somebody;
    }

    // As SQLite writes it before the first table of ours is there: no program has given it a mark, its first page has no cell, and there is
    // no log that could hold more.
    private static bool HoldsNothing(ReadOnlySpan<byte> head) =>
        head[WriteVersion] == 1 && head[ReadVersion] == 1 && BinaryPrimitives.ReadInt32BigEndian(head[UserVersion..]) == 0 && BinaryPrimitives.ReadInt32BigEndian(head[ApplicationIdPlace..]) == 0
        && head.Length > CellCount + 1 && head[HeaderLength] == LeafOfTable && BinaryPrimitives.ReadInt16BigEndian(head[CellCount..]) == 0;

    // SQLite would take some of these for a file that may only be read, or for one in another encoding.
    private static bool IsSane(ReadOnlySpan<byte> head) =>
        head[WriteVersion] is 1 or 2 && head[ReadVersion] == head[WriteVersion]
        && BinaryPrimitives.ReadInt32BigEndian(head[SchemaFormat..]) == 4 && BinaryPrimitives.ReadInt32BigEndian(head[Encoding..]) == 1;
}

/// <summary>The owner of a file, by its mark.</summary>
internal enum StoreOwner
{
    /// <summary>There is nothing in it, or it is no plain file.</summary>
    Nobody = 0,

    /// <summary>It is no database, and has no mark of ours.</summary>
    Somebody,

    /// <summary>It is a database, and has no mark of ours.</summary>
    AnotherProgram,

    /// <summary>It is a store.</summary>
    Us,

    /// <summary>It was a store once: its header is damaged.</summary>
    UsDamaged,
}
