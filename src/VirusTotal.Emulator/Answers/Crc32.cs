using System.Buffers.Binary;

namespace VirusTotal.Emulator.Answers;

/// <summary>
/// The checksum of gzip (CRC-32, reflected polynomial 0xEDB88320), eight bytes a step, continued from part to part. The shared framework
/// has it only inside its streams.
/// </summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = BuildTables();

    /// <summary>Continues a checksum over more bytes; the first part starts from 0.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        uint[][] tables = Tables;
        while (bytes.Length >= 8)
        {
            uint low = state ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = tables[7][low & 255] ^ tables[6][(low >> 8) & 255] ^ tables[5][(low >> 16) & 255] ^ tables[4][low >> 24]
                ^ tables[3][high & 255] ^ tables[2][(high >> 8) & 255] ^ tables[1][(high >> 16) & 255] ^ tables[0][high >> 24];
            bytes = bytes[8..];
        }

        foreach (byte value in bytes)
        {
            state = tables[0][(state ^ value) & 255] ^ (state >> 8);
        }

        return ~state;
    }

    private static uint[][] BuildTables()
    {
        uint[][] tables = new uint[8][];
        for (int table = 0; table < 8; table++)
        {
            tables[table] = new uint[256];
            for (uint value = 0; value < 256; value++)
            {
                tables[table][value] = table == 0
                    ? OfOneByte(value)
                    : tables[0][tables[table - 1][value] & 255] ^ (tables[table - 1][value] >> 8);
            }
        }

        return tables;
    }

    private static uint OfOneByte(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        }

        return value;
    }
}
