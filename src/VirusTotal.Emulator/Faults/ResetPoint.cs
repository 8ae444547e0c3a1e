namespace VirusTotal.Emulator;

/// <summary>How far an answer comes before its connection is reset.</summary>
public enum ResetPoint
{
    /// <summary>Not one byte.</summary>
    BeforeHeaders = 0,

    /// <summary>The status line and half a header.</summary>
    InHeaders,

    /// <summary>All headers.</summary>
    AfterHeaders,

    /// <summary>All headers and half the body.</summary>
    InBody,
}
