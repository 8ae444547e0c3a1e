using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace IocEnrich.PowerShell.Tests.Conventions;

/// <summary>The packaged module in a runspace, and what PowerShell itself knows of its cmdlets. Once for all tests of a class.</summary>
public sealed class ImportedModule : IAsyncLifetime
{
    private static readonly HashSet<string> Common = [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters];

    internal ModuleSession Session { get; private set; } = null!;

    /// <summary>The cmdlets that the module exports.</summary>
    internal IReadOnlyList<CmdletInfo> Cmdlets { get; private set; } = [];

    /// <summary>The manifest as it is written.</summary>
    internal static System.Collections.Hashtable Manifest
    {
        get
        {
            ScriptBlockAst script = Parser.ParseFile(BuildPlaces.Module, out _, out ParseError[] errors);
            Assert.Empty(errors);
            return (System.Collections.Hashtable)script.Find(static ast => ast is HashtableAst, searchNestedScriptBlocks: false)!.SafeGetValue();
        }
    }

    /// <summary>The module's own parameters of a cmdlet: not the ones that PowerShell gives to each.</summary>
    internal static IEnumerable<ParameterMetadata> OwnParameters(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Values.Where(static parameter => !Common.Contains(parameter.Name));

    /// <summary>The same, each with its cmdlet and a name for messages.</summary>
    internal IEnumerable<(string Where, CmdletInfo Cmdlet, ParameterMetadata Parameter)> AllParameters() =>
        from cmdlet in Cmdlets
        from parameter in OwnParameters(cmdlet)
        select ($"{cmdlet.Name} -{parameter.Name}", cmdlet, parameter);

    /// <summary>The attribute of the cmdlet's class, as the engine reads it.</summary>
    internal static CmdletAttribute AttributeOf(CmdletInfo cmdlet) => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!;

    /// <summary>The type of one value: of an array that of its elements, of what can be missing that of what can be there.</summary>
    internal static Type ValueType(Type type)
    {
        Type element = type.IsArray ? type.GetElementType()! : type;
        return Nullable.GetUnderlyingType(element) ?? element;
    }

    public async Task InitializeAsync()
    {
        Session = await ModuleSession.StartAsync();
        Cmdlets = [.. Session.Run("Get-Command -Module IocEnrich").Select(static command => (CmdletInfo)command.BaseObject)];
        Assert.NotEmpty(Cmdlets);
    }

    public async Task DisposeAsync() => await Session.DisposeAsync();
}
