using System.Management.Automation;
using System.Runtime.Loader;

namespace IocEnrich.PowerShell.Tests.Loading;

public sealed class IsolationTests
{
    [Fact]
    public async Task The_engine_and_its_packages_are_loaded_in_a_context_of_their_own_and_what_users_hold_is_not()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.Run("'CVE-2021-44228' | Start-IocEnrichment -Endpoint $Endpoint -ApiKey $Key | Receive-IocEnrichmentResult -Wait");

        Assert.Equal(["IocEnrich"], ContextsOf("IocEnrich.Engine"));
        Assert.Equal(["IocEnrich"], ContextsOf("Polly.Core"));
        Assert.Equal(["IocEnrich"], ContextsOf("Microsoft.Data.Sqlite"));
        Assert.Equal(["Default"], ContextsOf("IocEnrich.Model"));
        Assert.Equal(["Default"], ContextsOf("IocEnrich.PowerShell"));
    }

    [Fact]
    public async Task Importing_again_by_force_keeps_the_jobs_of_the_session()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.Run("$job = 'CVE-2021-44228' | Start-IocEnrichment @To");

        System.Collections.ObjectModel.Collection<PSObject> results = session.Run(
            $"Import-Module '{BuildPlaces.Module}' -Force; Get-IocEnrichmentJob -Id $job.Id | Receive-IocEnrichmentResult -Wait");

        Assert.Single(results);
        Assert.Empty(session.Errors);
    }

    [Fact]
    public async Task The_manifest_exports_exactly_the_cmdlets_of_the_assembly_and_has_its_version()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        PSModuleInfo module = (PSModuleInfo)session.Run("Get-Module IocEnrich").Single().BaseObject;
        System.Reflection.Assembly assembly = module.ExportedCmdlets.Values.First().ImplementingType.Assembly;

        IEnumerable<string> cmdlets = assembly.GetExportedTypes()
            .Select(static type => type.GetCustomAttributesData().FirstOrDefault(static data => data.AttributeType.Name == nameof(CmdletAttribute)))
            .Where(static data => data is not null)
            .Select(static data => $"{data!.ConstructorArguments[0].Value}-{data.ConstructorArguments[1].Value}");
        Assert.Equal(cmdlets.Order(StringComparer.Ordinal), module.ExportedCmdlets.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(assembly.GetName().Version!.ToString(3), module.Version.ToString());
    }

    private static IEnumerable<string?> ContextsOf(string assemblyName) => AssemblyLoadContext.All
        .Where(context => context.Assemblies.Any(assembly => assembly.GetName().Name == assemblyName))
        .Select(static context => context.Name);
}
