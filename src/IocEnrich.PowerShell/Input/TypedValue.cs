namespace IocEnrich.PowerShell.Input;

/// <summary>Values of which the row tells the type, as MISP and STIX do: then a value that looks like an indicator may be none.</summary>
internal static class TypedValue
{
    /// <summary>Reads the value of a MISP attribute by its type.</summary>
    /// <returns><see langword="false"/> if the type says nothing special.</returns>
    internal static bool TryRead(KnownColumn column, InputMember member, InputMember type, List<IndicatorText> texts)
    {
        if (column.Name != "Value" || TextOf(member) is not { } value || TextOf(type) is not { } kind
            || !MispValue.TryRead(kind, value, out IReadOnlyList<string> indicators))
        {
            return false;
        }

        foreach (string indicator in indicators)
        {
            texts.Add(new IndicatorText(indicator));
        }

        if (indicators.Count == 0)
        {
            texts.Add(new IndicatorText(value, SkipReason: LookupScope.SkippedBecause(value, $"values of the type {DisplayText.Clean(kind, 40)} are not indicators")));
        }

        return true;
    }

    /// <summary>A pattern that compares with nothing that can be looked up is skipped with the reason, as a text of that kind is.</summary>
    internal static bool TryReadPattern(List<(KnownColumn Column, InputMember Member)> known, List<IndicatorText> texts)
    {
        foreach ((KnownColumn column, InputMember member) in known)
        {
            if (column.Name == "Pattern" && TextOf(member) is ['[', ..] pattern)
            {
                texts.Add(new IndicatorText(pattern));
                return true;
            }
        }

        return false;
    }

    private static string? TextOf(InputMember member)
    {
        try
        {
            return InputShape.Of(member.Read()) is InputShape.Text(string text) ? text : null;
        }
        catch (Exception exception) when (ForeignCode.IsItsOwn(exception))
        {
            // It has been, or will be, read as a column, and that says so.
            return null;
        }
    }
}
