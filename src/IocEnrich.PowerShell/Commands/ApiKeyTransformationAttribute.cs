using System.Management.Automation;
using System.Security;
using IocEnrich.Engine.Providers;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Takes a key as a SecureString, as vaults give it, or as the password of a credential. A plain text is refused: it would stand in the
/// history and in transcripts.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ApiKeyTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;

        // Whatever else it is, its text stays out of the message: it may be a key.
        return value switch
        {
            SecureString or null => value!,
            PSCredential credential => credential.Password,
            string => throw new ArgumentTransformationMetadataException($"A key is not accepted as plain text, because it would remain in the history and in transcripts. {Ways()}"),
            _ => throw new ArgumentTransformationMetadataException($"An object of the type {value.GetType().Name} is not a key. {Ways()}"),
        };
    }

    private static string Ways()
    {
        ProviderDefinition provider = EnrichmentSession.Current.Provider;
        return $"Use a SecureString or a PSCredential: -ApiKey (Read-Host -AsSecureString), or -ApiKey (Get-Secret {provider.Name}) from a vault. "
            + $"{string.Join(" and ", provider.Key.Sources.Select(static source => source.Description))} work without -ApiKey.";
    }
}
