using System.Management.Automation;
using System.Reflection;

namespace IocEnrich.PowerShell.Tests.Errors;

/// <summary>One error as the module's code declares it.</summary>
internal sealed record DeclaredError(string Id, string Category, bool EndsCommand, string Action)
{
    internal const string OfTheReason = "that of the reason";

    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>
    /// All of them, read out of the module that was imported: the tests must not reference its assembly, and users cannot see the type.
    /// </summary>
    internal static IReadOnlyDictionary<string, DeclaredError> ReadAll(ModuleSession session)
    {
        Type errors = ((CmdletInfo)session.Run("Get-Command Start-IocEnrichment").Single().BaseObject)
            .ImplementingType.Assembly.GetType("IocEnrich.PowerShell.Errors.KnownErrors", throwOnError: true)!;
        MethodInfo ofLookup = errors.GetMethod("OfLookup", Any)!;
        Type kinds = ofLookup.GetParameters().Single().ParameterType;
        IEnumerable<object> declared = errors.GetFields(Any).Where(field => field.FieldType == ofLookup.ReturnType).Select(static field => field.GetValue(null)!);
        IEnumerable<object> ofLookups = Enum.GetValues(kinds).Cast<object>().Select(kind => ofLookup.Invoke(null, [kind])!);
        object provider = errors.Assembly.GetType("IocEnrich.PowerShell.Session.ProviderRegistry", throwOnError: true)!.GetProperty("Default", Any)!.GetValue(null)!;
        return declared.Concat(ofLookups).Select(error => Read(error, provider)).ToDictionary(static error => error.Id);
    }

    private static DeclaredError Read(object definition, object provider)
    {
        return new DeclaredError(
            (string)Get("Id")!,
            Get("Category")?.ToString() ?? OfTheReason,
            (bool)Get("EndsCommand")!,
            (string?)definition.GetType().GetMethod("ActionAt", Any)!.Invoke(definition, [provider]) ?? OfTheReason);

        object? Get(string name) => definition.GetType().GetProperty(name, Any)!.GetValue(definition);
    }
}
