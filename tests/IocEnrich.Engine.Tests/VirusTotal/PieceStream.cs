namespace IocEnrich.Engine.Tests.VirusTotal;

/// <summary>A body that arrives in pieces.</summary>
internal sealed class PieceStream(byte[] bytes, int bytesAtATime) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, bytesAtATime)], cancellationToken);
}
