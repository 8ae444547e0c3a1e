namespace IocEnrich;

/// <summary>The file hashes that VirusTotal knows a file by, told apart by their length.</summary>
internal static class HashText
{
    /// <summary>The hash that has so many digits; <see cref="IndicatorType.Unknown"/> where none has.</summary>
    public static IndicatorType TypeOf(int length) => length switch
    {
        32 => IndicatorType.Md5,
        40 => IndicatorType.Sha1,
        64 => IndicatorType.Sha256,
        _ => IndicatorType.Unknown,
    };

    public static bool Read(scoped ReadOnlySpan<char> token, ref ParseContext context)
    {
        IndicatorType type = TypeOf(token.Length);
        if (type == IndicatorType.Unknown)
        {
            return context.Reject(Rejection.HashLength, token);
        }

        context.Output.AppendLower(token);
        return context.Accept(type);
    }
}
