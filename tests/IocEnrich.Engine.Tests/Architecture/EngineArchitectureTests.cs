using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.Engine.Tests.Architecture;

/// <summary>Which folder of the engine may use which: read from the assembly, bodies of methods included. docs/architecture.md shows it.</summary>
public sealed class EngineArchitectureTests
{
    private const string Root = "IocEnrich.Engine";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Orchestration"] = ["Providers", "Limiting", "Resilience", "Caching", "Forecasting", "Ledger", "Sqlite", "Redaction", ""],
        ["Forecasting"] = ["Limiting", "Providers"],
        ["Limiting"] = ["Ledger", "Providers", "Resilience"],
        ["Ledger"] = ["Sqlite", "Redaction"],
        ["Caching"] = ["Providers", "Sqlite", "Redaction", ""],
        ["Providers.VirusTotal"] = ["Providers", "Http", "Redaction"],
        ["Providers"] = ["Http", "Redaction"],
        ["Http"] = ["Redaction"],
        ["Sqlite"] = ["Redaction"],
        ["Documents"] = [],
        ["Resilience"] = [],
        ["Redaction"] = [],
        [""] = [],
    };

    private static readonly (string From, string To)[] Arrows = [.. Read()];

    [Fact]
    public void Every_folder_has_its_place_in_the_plan() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Arrows.SelectMany(static arrow => new[] { arrow.From, arrow.To }).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_folder_uses_one_that_the_plan_does_not_give_it() =>
        Assert.DoesNotContain(Arrows, static arrow => arrow.From != arrow.To && !Allowed[arrow.From].Contains(arrow.To));

    [Fact]
    public void The_plan_has_no_arrow_that_nobody_uses() =>
        Assert.Empty(Allowed.SelectMany(static folder => folder.Value.Select(to => (folder.Key, to))).Except(Arrows));

    [Fact]
    public void The_plan_leads_nowhere_back()
    {
        HashSet<string> done = [];
        while (done.Count < Allowed.Count)
        {
            string[] next = [.. Allowed.Where(folder => !done.Contains(folder.Key) && folder.Value.All(done.Contains)).Select(static folder => folder.Key)];
            Assert.True(next.Length > 0, $"These use one another in a circle: {string.Join(", ", Allowed.Keys.Except(done))}");
            done.UnionWith(next);
        }
    }

    private static IEnumerable<(string From, string To)> Read()
    {
        ArchUnitNET.Domain.Architecture engine = new ArchLoader().LoadAssemblies(typeof(EnrichmentOrchestrator).Assembly).Build();
        foreach (IType type in engine.Types)
        {
            if (FolderOf(type) is not { } from)
            {
                continue;
            }

            yield return (from, from);
            foreach (ITypeDependency dependency in type.Dependencies)
            {
                if (FolderOf(dependency.Target) is { } to)
                {
                    yield return (from, to);
                }
            }
        }
    }

    private static string? FolderOf(IType type)
    {
        if (type.Namespace?.FullName is not { } name || !(name == Root || name.StartsWith(Root + ".", StringComparison.Ordinal)))
        {
            return null;
        }

        // What reads a mail is one room, whose corners use one another.
        string folder = name[Root.Length..].TrimStart('.');
        return folder.StartsWith("Documents.", StringComparison.Ordinal) ? "Documents" : folder;
    }
}
