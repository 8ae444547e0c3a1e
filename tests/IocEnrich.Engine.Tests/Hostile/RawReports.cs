using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>Reports as the service sends them, and compressed bodies as nobody should.</summary>
internal static class RawReports
{
    /// <summary>A report on what a path asks for.</summary>
    /// <param name="path">The path of the request.</param>
    /// <param name="attributes">More attributes, with a comma behind each.</param>
    /// <param name="stats">The counts of the engines.</param>
    internal static string On(string path, string attributes = "", string stats = """{"malicious":0,"suspicious":0,"harmless":3,"undetected":60}""")
    {
        string id = path[(path.LastIndexOf('/') + 1)..];
        string type = path.Split('/')[^2] switch
        {
            "files" => "file",
            "domains" => "domain",
            "ip_addresses" => "ip_address",
            _ => "url",
        };
        string named = type == "url" ? $"\"url\":{System.Text.Json.JsonSerializer.Serialize(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id)))},"
            : type == "file" && id.Length < 64 ? $"\"{(id.Length == 32 ? "md5" : "sha1")}\":\"{id}\"," : "";
        string idText = named.Length > 0 ? "" : $"\"id\":\"{Uri.UnescapeDataString(id)}\",";
        return $"{{\"data\":{{\"type\":\"{type}\",{idText}\"attributes\":{{{named}{attributes}\"last_analysis_stats\":{stats},\"reputation\":0}}}}}}";
    }

    /// <summary>A whole gzip member.</summary>
    internal static byte[] Gzip(string text)
    {
        MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    /// <summary>A head that says gzip follows, of a length that nobody knows.</summary>
    internal static ReadOnlyMemory<byte> EndlessHead { get; } =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"u8.ToArray();

    /// <summary>Gzip that never says anything: empty blocks, empty members, or the comment of a header, as much as wanted.</summary>
    internal static IEnumerable<ReadOnlyMemory<byte>> Silent(string kind, long bytes)
    {
        byte[] header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
        byte[] emptyBlock = [0, 0, 0, 0xff, 0xff];
        byte[] unit = kind switch
        {
            "blocks" => emptyBlock,
            "members" => [.. header, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            "comment" => "a"u8.ToArray(),
            "name" => "a"u8.ToArray(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        byte[] piece = [.. Enumerable.Repeat(unit, 64 * 1024 / unit.Length).SelectMany(static one => one)];
        yield return EndlessHead;
        if (kind is "comment" or "name")
        {
            header[3] = (byte)(kind == "comment" ? 16 : 8);
        }

        if (kind != "members")
        {
            yield return header;
        }

        for (long sent = 0; sent < bytes; sent += piece.Length)
        {
            yield return piece;
        }
    }

    /// <summary>Gzip of a text that repeats itself, a thousand times longer than itself.</summary>
    internal static byte[] Bomb(int textLength)
    {
        byte[] piece = [.. Enumerable.Repeat("0,"u8.ToArray(), 32 * 1024).SelectMany(static one => one)];
        MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal))
        {
            gzip.Write("""{"data":{"text":["""u8);
            for (int length = 0; length < textLength; length += piece.Length)
            {
                gzip.Write(piece);
            }

            gzip.Write("0]}}"u8);
        }

        return compressed.ToArray();
    }
}
