namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>A fact about signals or pseudo-terminals, which Windows has not.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Signals and pseudo-terminals are Unix's.";
        }
    }
}
