using System.Management.Automation;
using System.Security;
using System.Text.RegularExpressions;

namespace IocEnrich.PowerShell.Tests.Conventions;

/// <summary>What the guidelines ask of parameters: names, types, aliases, paths, keys.</summary>
public sealed partial class ParameterTests(ImportedModule module) : IClassFixture<ImportedModule>
{
    // As Invoke-WebRequest calls it.
    private static readonly string[] PluralAsInPowerShell = ["ProxyUseDefaultCredentials"];

    [Fact]
    public void Names_are_singular_and_in_pascal_case() =>
        Assert.Empty(module.AllParameters().Where(static each =>
            !PascalCase().IsMatch(each.Parameter.Name) || (Plural().IsMatch(each.Parameter.Name) && !PluralAsInPowerShell.Contains(each.Parameter.Name)))
            .Select(static each => each.Where));

    [Fact]
    public void No_name_or_alias_is_one_that_PowerShell_gives_to_every_cmdlet()
    {
        // The names, and the short forms of them: -ea, -vb, -wi and so on.
        HashSet<string> reserved = new(Cmdlet.CommonParameters.Concat(Cmdlet.OptionalCommonParameters), StringComparer.OrdinalIgnoreCase);
        CmdletInfo full = module.Cmdlets.First(static cmdlet => ImportedModule.AttributeOf(cmdlet).SupportsShouldProcess);
        reserved.UnionWith(full.Parameters.Values.Where(parameter => reserved.Contains(parameter.Name)).SelectMany(static parameter => parameter.Aliases).ToArray());

        Assert.Contains("ea", reserved);
        Assert.Empty(module.AllParameters().Where(each => each.Parameter.Aliases.Append(each.Parameter.Name).Any(reserved.Contains)).Select(static each => each.Where));
    }

    [Fact]
    public void Names_and_aliases_of_a_cmdlet_do_not_clash()
    {
        foreach (CmdletInfo cmdlet in module.Cmdlets)
        {
            string[] names = [.. cmdlet.Parameters.Values.SelectMany(static parameter => parameter.Aliases.Append(parameter.Name))];
            Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
        }
    }

    [Fact]
    public void Yes_or_no_is_a_switch() =>
        Assert.Empty(module.AllParameters().Where(static each => ImportedModule.ValueType(each.Parameter.ParameterType) == typeof(bool)).Select(static each => each.Where));

    [Fact]
    public void The_same_name_takes_the_same_type_in_every_cmdlet() =>
        Assert.Empty(module.AllParameters()
            .GroupBy(static each => each.Parameter.Name)
            .Where(static same => same.Select(static each => ImportedModule.ValueType(each.Parameter.ParameterType)).Distinct().Count() > 1)
            .Select(static same => string.Join(", ", same.Select(static each => $"{each.Where} {each.Parameter.ParameterType}"))));

    [Fact]
    public void A_path_with_wildcards_comes_with_a_literal_path_in_a_set_of_its_own()
    {
        foreach (CmdletInfo cmdlet in module.Cmdlets.Where(static cmdlet => cmdlet.Parameters.ContainsKey("Path") || cmdlet.Parameters.ContainsKey("LiteralPath")))
        {
            Assert.Contains("LP", cmdlet.Parameters["LiteralPath"].Aliases);
            Assert.Contains(cmdlet.Parameters["Path"].Attributes, static attribute => attribute is SupportsWildcardsAttribute);
            Assert.DoesNotContain(cmdlet.Parameters["LiteralPath"].Attributes, static attribute => attribute is SupportsWildcardsAttribute);
            Assert.Empty(cmdlet.Parameters["Path"].ParameterSets.Keys.Intersect(cmdlet.Parameters["LiteralPath"].ParameterSets.Keys));
        }
    }

    [Fact]
    public void A_name_that_selects_jobs_takes_several_and_wildcards()
    {
        foreach ((string where, CmdletInfo cmdlet, ParameterMetadata parameter) in module.AllParameters().Where(static each => each.Parameter.Name == "Name" && each.Cmdlet.Verb is "Get" or "Receive"))
        {
            Assert.True(parameter.ParameterType == typeof(string[]), where);
            Assert.Contains(parameter.Attributes, static attribute => attribute is SupportsWildcardsAttribute);
        }
    }

    [Fact]
    public void A_credential_is_a_PSCredential_that_a_user_name_turns_into_and_a_key_is_no_string()
    {
        foreach ((string where, _, ParameterMetadata parameter) in module.AllParameters().Where(static each => each.Parameter.Name.EndsWith("Credential", StringComparison.Ordinal)))
        {
            Assert.True(parameter.ParameterType == typeof(PSCredential), where);
            Assert.Contains(parameter.Attributes, static attribute => attribute is CredentialAttribute);
        }

        foreach ((string where, _, ParameterMetadata parameter) in module.AllParameters().Where(static each => Secret().IsMatch(each.Parameter.Name)))
        {
            Assert.True(parameter.ParameterType == typeof(SecureString), where);
        }

        Assert.Contains(module.AllParameters(), static each => each.Parameter.Name == "ApiKey");
    }

    [GeneratedRegex("^([A-Z][a-z0-9]*)+$")]
    private static partial Regex PascalCase();

    [GeneratedRegex("(?<![suis])s$")]
    private static partial Regex Plural();

    [GeneratedRegex("Key$|Password$|Secret$|Token$")]
    private static partial Regex Secret();
}
