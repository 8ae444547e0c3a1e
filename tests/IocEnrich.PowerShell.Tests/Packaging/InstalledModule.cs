namespace IocEnrich.PowerShell.Tests.Packaging;

/// <summary>The package on its way to a user: published to a folder, and installed from there. Once for all tests of a class.</summary>
public sealed class InstalledModule : IAsyncLifetime
{
    /// <summary>Where this user has everything.</summary>
    internal string Home { get; } = Directory.CreateTempSubdirectory("iocenrich-installed-").FullName;

    /// <summary>The folder with the folders of this user's modules.</summary>
    internal string Modules => OperatingSystem.IsWindows() ? Path.Combine(Home, "modules") : Path.Combine(Home, ".local", "share", "powershell", "Modules");

    /// <summary>A user of their own, who has no network: whoever asked it would fail at once.</summary>
    internal (string Name, string? Value)[] Environment =>
    [
        ("HOME", Home),
        ("XDG_DATA_HOME", null),
        ("XDG_CONFIG_HOME", null),
        ("XDG_CACHE_HOME", null),
        ("PSModulePath", OperatingSystem.IsWindows() ? Modules : null),
        ("IOCENRICH_CACHE", Path.Combine(Home, "store.db")),
        ("HTTPS_PROXY", "http://127.0.0.1:9"),
        ("NO_PROXY", "127.0.0.1,localhost"),
    ];

    public async Task InitializeAsync()
    {
        ModulePackage package = await ModulePackage.MakeAsync();
        string gallery = Directory.CreateDirectory(Path.Combine(Home, "gallery")).FullName;

        // Where these are missing, .NET has no name for them, and NuGet writes its settings into the current folder.
        Directory.CreateDirectory(Path.Combine(Home, ".config"));
        Directory.CreateDirectory(Path.Combine(Home, ".local", "share"));

        // On Windows the folders of PSResourceGet and of the user's modules cannot be moved: there it is saved beside them.
        string script =
            $$"""
            $ErrorActionPreference = 'Stop'
            Register-PSResourceRepository -Name IocEnrichTests -Uri '{{gallery}}' -Trusted
            try {
                Publish-PSResource -NupkgPath '{{package.File}}' -Repository IocEnrichTests
                if ($IsWindows) { Save-PSResource -Name IocEnrich -Repository IocEnrichTests -Path '{{Path.Combine(Home, "modules")}}' }
                else { Install-PSResource -Name IocEnrich -Repository IocEnrichTests -Scope CurrentUser }
            }
            finally { Unregister-PSResourceRepository -Name IocEnrichTests }
            """;
        Assert.Equal(new PwshResult(0, "", ""), await PwshProcess.RunAsync(script, Environment));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Home, recursive: true);
        return Task.CompletedTask;
    }
}
