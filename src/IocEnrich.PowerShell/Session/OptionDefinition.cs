using System.Management.Automation;
using System.Security;
using IocEnrich.Engine.Providers;

namespace IocEnrich.PowerShell.Session;

/// <summary>What an option is at the moment, and where that comes from.</summary>
internal readonly record struct OptionValue(object? Value, OptionSource Source, string? Origin = null);

/// <summary>An option that a session has.</summary>
/// <param name="name">Its name: that of the parameter as well.</param>
/// <param name="description">What it does, its unit and its range: a sentence.</param>
internal abstract class OptionDefinition(string name, string description)
{
    internal string Name { get; } = name;

    internal string Description { get; } = description;

    /// <summary>What it is where nobody sets it, as it is shown.</summary>
    internal abstract object? ShownDefault { get; }

    /// <summary>What it is, as it is shown: secrets are not.</summary>
    /// <param name="set">What was set in the session; <see langword="null"/> if nothing was.</param>
    internal abstract OptionValue Show(object? set);
}

/// <summary>An option whose value is of one type.</summary>
/// <param name="description">What it does.</param>
/// <param name="defaultValue">Makes the default. It is asked late, so that naming an option loads nothing.</param>
/// <param name="variable">The environment variable that goes before the default, where there is one.</param>
/// <param name="ofEnvironment">Its value; <see langword="null"/> if it says nothing.</param>
internal sealed class OptionDefinition<T>(
    string name, string description, Func<T> defaultValue, string? variable = null, Func<T?>? ofEnvironment = null)
    : OptionDefinition(name, description)
{
    internal override object? ShownDefault => Shown(defaultValue());

    internal override OptionValue Show(object? set) =>
        set is not null ? new OptionValue(Shown(set), OptionSource.Session)
        : OfEnvironment() is { } outside ? new OptionValue(Shown(outside), OptionSource.Environment, "$env:" + variable)
        : new OptionValue(ShownDefault, OptionSource.Default);

    /// <summary>The value that applies: set in the session, from the environment, or the default.</summary>
    internal T Read(object? set) =>
        set is not null ? (T)set
        : OfEnvironment() is { } outside ? (T)outside
        : defaultValue();

    private object? OfEnvironment() => ofEnvironment is null ? null : ofEnvironment();

    // A credential would go into files and over wires with its password: its user name says which it is.
    private static object? Shown(object? value) => value is PSCredential credential ? credential.UserName : value;
}

/// <summary>The option of the key: where one is, and never which.</summary>
internal sealed class ApiKeyOption(string name, string description)
    : OptionDefinition(name, description)
{
    private const string IsSet = "(set)";
    private const string IsNotSet = "(not set)";

    internal override object ShownDefault => IsNotSet;

    internal override OptionValue Show(object? set)
    {
        if (set is SecureString)
        {
            return new OptionValue(IsSet, OptionSource.Session);
        }

        foreach (KeySource source in EnrichmentSession.Current.Provider.Key.Sources)
        {
            OptionSource kind = source.IsFile ? OptionSource.File : OptionSource.Environment;
            try
            {
                if (source.Read() is not null)
                {
                    return new OptionValue(IsSet, kind, source.Place);
                }
            }
            catch (Exception exception) when (ApiKeySource.IsUnreadable(exception))
            {
                return new OptionValue("(not readable)", kind, source.Place);
            }
        }

        return new OptionValue(IsNotSet, OptionSource.Default);
    }
}
