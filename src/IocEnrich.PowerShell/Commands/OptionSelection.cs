using System.Management.Automation;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Finds options by their names. A miss without wildcard is an error.</summary>
internal static class OptionSelection
{
    internal static IReadOnlyList<OptionDefinition> ByName(Cmdlet cmdlet, string[] names)
    {
        HashSet<OptionDefinition> selected = [];
        foreach (string name in names)
        {
            WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
            OptionDefinition[] found = [.. SessionOptions.All.Where(option => pattern.IsMatch(option.Name))];
            selected.UnionWith(found);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                KnownErrors.OptionNotFound.Report(cmdlet, new ItemNotFoundException($"There is no option {DisplayText.Clean(name)}."), name);
            }
        }

        return [.. SessionOptions.All.Where(selected.Contains)];
    }
}
