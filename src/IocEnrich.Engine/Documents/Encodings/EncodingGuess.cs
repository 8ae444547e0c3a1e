using System.Text;
using UtfUnknown;

namespace IocEnrich.Engine.Documents.Encodings;

/// <summary>Guesses the encoding of bytes that are no UTF-8, by the frequencies of their letters (UTF.Unknown, after Mozilla's detector).</summary>
internal static class EncodingGuess
{
    // Below it the detector says of Chinese, Polish and French text alike that it may be windows-1252.
    private const float LeastConfidence = 0.6f;

    /// <summary>
    /// For text whose encoding cannot be told: what is ASCII is read, and the rest becomes U+FFFD, of which no indicator is made. A wrong
    /// letter would make another name.
    /// </summary>
    internal static readonly Encoding OnlyAscii = Encoding.GetEncoding("us-ascii", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));

    /// <summary>The encoding of a sample; <see langword="null"/> if it cannot be told.</summary>
    internal static Encoding? Of(ReadOnlySpan<byte> sample)
    {
        DetectionResult result = CharsetDetector.DetectFromBytes(sample.ToArray());
        foreach (DetectionDetail detail in result.Details ?? [])
        {
            if (detail.Confidence >= LeastConfidence && EncodingNames.Find(detail.EncodingName) is { } encoding && !EncodingNames.IsUtf8OrAscii(encoding))
            {
                return encoding;
            }
        }

        return null;
    }
}
