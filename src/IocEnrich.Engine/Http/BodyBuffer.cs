using System.Buffers;

namespace IocEnrich.Engine.Http;

/// <summary>
/// Buffers for bodies. Small ones come from the pool and go back to it; large ones are nobody's afterwards: the pool would hold dozens of
/// each size, and one hostile server would leave hundreds of megabytes there.
/// </summary>
internal static class BodyBuffer
{
    private const int LargestPooled = 128 * 1024;

    /// <summary>A buffer of at least this length, which is a power of two where it comes from the pool.</summary>
    internal static byte[] Rent(int length) =>
        length <= LargestPooled ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);

    /// <summary>A larger buffer with the beginning of this one, which is given back.</summary>
    internal static byte[] Grow(byte[] buffer, int kept, int length)
    {
        byte[] larger = Rent(Math.Max(buffer.Length * 2, length));
        buffer.AsSpan(0, kept).CopyTo(larger);
        Return(buffer);
        return larger;
    }

    internal static void Return(byte[] buffer)
    {
        if (buffer.Length <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
