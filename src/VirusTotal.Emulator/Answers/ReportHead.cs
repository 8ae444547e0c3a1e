using System.IO.Compression;

namespace VirusTotal.Emulator.Answers;

/// <summary>The beginning of a report that many indicators share, written, compressed and summed once.</summary>
/// <param name="Text">The JSON up to the place where the indicator's own properties go on.</param>
/// <param name="Deflated">The same, as deflate blocks that end on a byte and refer to nothing outside.</param>
/// <param name="Checksum">Its CRC-32.</param>
internal sealed record ReportHead(byte[] Text, byte[] Deflated, uint Checksum)
{
    public static ReportHead Of(byte[] text) => new(text, Gzip.DeflatePart(text, CompressionLevel.Optimal), Crc32.Append(0, text));
}
