using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace IocEnrich.PowerShell.Tests.Conventions;

/// <summary>Nothing of a provider stands outside its folder but the line that registers it: read from the code of the module.</summary>
public sealed class ProviderSeamTests
{
    private const string Folder = "IocEnrich.Engine.Providers.VirusTotal.";
    private const string Registry = "IocEnrich.PowerShell.Session.ProviderRegistry";

    private static readonly string[] Words = ["VirusTotal", "VT_API_KEY", "VTCLI", "vt.toml"];

    // What is said whoever is asked. Which hashes name a file is the same at all providers that there are.
    private static readonly string[] AllowedTexts = ["the ones that VirusTotal knows a file by"];

    public static TheoryData<string> Assemblies() =>
        new("IocEnrich.Model.dll", "IocEnrich.PowerShell.dll", Path.Combine("Dependencies", "IocEnrich.Engine.dll"));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_type_outside_a_providers_folder_names_the_provider(string assembly)
    {
        (string Type, List<string> Texts, List<string> Types)[] methods = [.. Read(assembly)];

        Assert.True(methods.Length > 100, "Hardly a method was read.");
        Assert.Empty(methods.Where(static method => method.Type != Registry)
            .SelectMany(static method => method.Types.Where(static type => type.StartsWith(Folder, StringComparison.Ordinal)).Select(type => $"{method.Type} uses {type}"))
            .Distinct());
        Assert.Empty(methods
            .SelectMany(static method => method.Texts.Where(NamesAProvider).Select(text => $"{method.Type} says: {text}"))
            .Distinct());
    }

    [Fact]
    public void The_provider_is_there_and_registered()
    {
        Assert.Contains(ReadAll(Path.Combine("Dependencies", "IocEnrich.Engine.dll")), static method => method.Type.StartsWith(Folder, StringComparison.Ordinal) && method.Texts.Any(NamesAProvider));
        Assert.Contains(Read("IocEnrich.PowerShell.dll"), static method => method.Type == Registry && method.Types.Any(static type => type.StartsWith(Folder, StringComparison.Ordinal)));
    }

    private static bool NamesAProvider(string text) =>
        Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) && !AllowedTexts.Any(allowed => text.Contains(allowed, StringComparison.Ordinal));

    private static IEnumerable<(string Type, List<string> Texts, List<string> Types)> Read(string assembly) =>
        ReadAll(assembly).Where(static method => !method.Type.StartsWith(Folder, StringComparison.Ordinal));

    private static List<(string Type, List<string> Texts, List<string> Types)> ReadAll(string assembly)
    {
        using PEReader file = new(File.OpenRead(Path.Combine(Path.GetDirectoryName(BuildPlaces.Module)!, assembly)));
        MetadataReader metadata = file.GetMetadataReader();
        MethodBody body = new(metadata);
        List<(string, List<string>, List<string>)> methods = [];
        foreach (MethodDefinition method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(static method => method.RelativeVirtualAddress != 0))
        {
            (List<string> texts, List<string> types) = body.Read(file.GetMethodBody(method.RelativeVirtualAddress).GetILReader());
            methods.Add((body.NameOf(method.GetDeclaringType()), texts, types));
        }

        return methods;
    }
}
