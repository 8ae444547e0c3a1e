using System.Management.Automation;

namespace IocEnrich.PowerShell.Views;

/// <summary>Colours for the views: those of the session's <c>$PSStyle</c>, and only where somebody sees them.</summary>
public static class ViewColour
{
    /// <summary>
    /// A text in a colour, or as it is: where the session wants plain text or NO_COLOR is set by now (pwsh itself looks at that only when
    /// it starts), and where it leaves the choice to the host while standard output goes into a file or another program. pwsh itself would
    /// write the colours there.
    /// </summary>
    /// <param name="colour">The escape sequence that begins the colour; <see langword="null"/> or empty for none.</param>
    /// <param name="style">The session's <c>$PSStyle</c>.</param>
    public static string Paint(string text, string? colour, PSObject style)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(style);
        bool isSeen = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && style.Properties["OutputRendering"]?.Value?.ToString() switch
        {
            "PlainText" => false,
            "Ansi" => true,
            _ => !Console.IsOutputRedirected,
        };
        return isSeen && !string.IsNullOrEmpty(colour) ? colour + text + style.Properties["Reset"]?.Value : text;
    }
}
