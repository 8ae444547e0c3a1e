namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>A theory about what Windows does not have, such as names of files with any character in them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has none of this." : null;
}
