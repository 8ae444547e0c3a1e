using System.Globalization;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Gives each key of one JSON object a name that its property can have. PowerShell does not tell names by their case, has no property
/// without a name, and keeps some names for itself: the second of a name gets a number. As long as there are keys, whatever they are: it
/// takes a time that grows with their number only, not with its square.
/// </summary>
internal sealed class PropertyNames
{
    private const string EmptyName = "(empty)";

    // What every object has already: https://learn.microsoft.com/powershell/scripting/developer/ets/
    private static readonly string[] KeptByPowerShell = ["PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames"];

    // The names that are taken, and for each the number that the next of it may get: the smaller ones are known to be taken.
    private readonly Dictionary<string, int> _next = new(StringComparer.OrdinalIgnoreCase);

    internal PropertyNames() => Array.ForEach(KeptByPowerShell, name => _next.Add(name, 2));

    /// <summary>The name for the next key.</summary>
    internal string NameFor(string key)
    {
        string name = key.Length == 0 ? EmptyName : key;
        if (_next.TryAdd(name, 2))
        {
            return name;
        }

        int number = _next[name];
        string free;
        do
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}#{number++}");
        }
        while (!_next.TryAdd(free, 2));
        _next[name] = number;
        return free;
    }
}
