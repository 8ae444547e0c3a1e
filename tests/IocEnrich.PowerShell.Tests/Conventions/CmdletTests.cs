using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace IocEnrich.PowerShell.Tests.Conventions;

/// <summary>
/// What PowerShell's development guidelines and PSScriptAnalyzer ask of cmdlets, where neither is to hand: looked up in what the engine
/// itself knows of the packaged module.
/// </summary>
public sealed partial class CmdletTests(ImportedModule module) : IClassFixture<ImportedModule>
{
    // PSUseShouldProcessForStateChangingFunctions, and Clear.
    private static readonly string[] StateChangingVerbs =
        ["New", "Set", "Remove", "Start", "Stop", "Restart", "Reset", "Update", "Clear"];

    [Fact]
    public void Verbs_are_approved_ones()
    {
        HashSet<string> approved = [.. new[]
        {
            typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
        }.SelectMany(static verbs => verbs.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(static field => (string)field.GetValue(null)!)];

        Assert.All(module.Cmdlets, cmdlet => Assert.Contains(cmdlet.Verb, approved));
    }

    [Fact]
    public void Nouns_are_specific_singular_and_in_pascal_case() =>
        Assert.All(module.Cmdlets.Select(static cmdlet => cmdlet.Noun), static noun =>
        {
            Assert.StartsWith("Ioc", noun, StringComparison.Ordinal);
            Assert.Matches(PascalCase(), noun);
            Assert.DoesNotMatch(Plural(), noun);
        });

    [Fact]
    public void Classes_are_sealed_and_named_after_their_cmdlet() =>
        Assert.Empty(module.Cmdlets.Where(static cmdlet =>
            !cmdlet.ImplementingType.IsSealed || cmdlet.ImplementingType.Name != $"{cmdlet.Verb}{cmdlet.Noun}Command").Select(static cmdlet => cmdlet.Name));

    [Fact]
    public void What_changes_something_can_be_asked_what_it_would_do_and_what_only_reads_does_not_offer_it() =>
        Assert.Empty(module.Cmdlets.Where(static cmdlet =>
            ImportedModule.AttributeOf(cmdlet).SupportsShouldProcess != StateChangingVerbs.Contains(cmdlet.Verb)).Select(static cmdlet => cmdlet.Name));

    [Fact]
    public void Nothing_asks_for_confirmation_unless_it_is_told_to() =>
        Assert.Empty(module.Cmdlets.Where(static cmdlet => ImportedModule.AttributeOf(cmdlet).ConfirmImpact == ConfirmImpact.High).Select(static cmdlet => cmdlet.Name));

    [Fact]
    public void What_is_written_is_declared_with_a_type_that_users_can_name()
    {
        foreach (CmdletInfo cmdlet in module.Cmdlets)
        {
            // What sets or clears something is silent, unless it is told to pass something on.
            bool isSilent = cmdlet.Verb is "Set" or "Clear" && !cmdlet.Parameters.ContainsKey("PassThru");
            Assert.True(isSilent || cmdlet.OutputType.Count > 0, $"{cmdlet.Name} declares no output type.");
            Assert.All(cmdlet.OutputType, static type => Assert.True(type.Type is { IsPublic: true } || type.Type == typeof(void), $"{type.Name} is not public."));
        }
    }

    [Fact]
    public void A_cmdlet_with_several_parameter_sets_says_which_is_the_default()
    {
        foreach (CmdletInfo cmdlet in module.Cmdlets.Where(static cmdlet => cmdlet.ParameterSets.Count > 1))
        {
            Assert.Contains(cmdlet.DefaultParameterSet, cmdlet.ParameterSets.Select(static set => set.Name));
        }
    }

    [Fact]
    public void Each_parameter_set_is_told_from_the_others_by_a_parameter_of_its_own()
    {
        foreach (CmdletInfo cmdlet in module.Cmdlets.Where(static cmdlet => cmdlet.ParameterSets.Count > 1))
        {
            foreach (CommandParameterSetInfo set in cmdlet.ParameterSets.Where(static set => !set.IsDefault))
            {
                IEnumerable<string> elsewhere = cmdlet.ParameterSets.Where(other => other != set).SelectMany(static other => other.Parameters).Select(static parameter => parameter.Name);
                Assert.True(
                    set.Parameters.Any(parameter => parameter.IsMandatory && !elsewhere.Contains(parameter.Name)),
                    $"The set {set.Name} of {cmdlet.Name} has no mandatory parameter of its own.");
            }
        }
    }

    [Fact]
    public void One_parameter_of_a_set_takes_the_pipeline_by_value()
    {
        foreach (CmdletInfo cmdlet in module.Cmdlets)
        {
            Assert.All(cmdlet.ParameterSets, set => Assert.True(
                set.Parameters.Count(static parameter => parameter.ValueFromPipeline) <= 1, $"The set {set.Name} of {cmdlet.Name} has several."));
        }
    }

    [Fact]
    public void Positions_in_a_set_are_counted_from_zero_without_gaps_and_end_early()
    {
        foreach (CmdletInfo cmdlet in module.Cmdlets)
        {
            foreach (CommandParameterSetInfo set in cmdlet.ParameterSets)
            {
                int[] positions = [.. set.Parameters.Select(static parameter => parameter.Position).Where(static position => position >= 0).Order()];
                Assert.Equal(Enumerable.Range(0, positions.Length), positions);
                Assert.True(positions.Length <= 2, $"Nobody remembers the order of {positions.Length} parameters of {cmdlet.Name}.");
            }
        }
    }

    [GeneratedRegex("^([A-Z][a-z0-9]+)+$")]
    private static partial Regex PascalCase();

    [GeneratedRegex("(?<![suis])s$")]
    private static partial Regex Plural();
}
