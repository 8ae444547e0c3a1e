using System.Management.Automation;
using System.Text;

namespace IocEnrich.PowerShell.Tests.Help;

/// <summary>
/// Brings a page up to what the engine knows of its cmdlet: the syntax, which parameters there are, and the metadata of each. What people
/// have written stays; what they have to write is marked with <c>{{ }}</c>. A page that this does not change agrees with the code.
/// </summary>
internal static class HelpPageUpdate
{
    private const int LineWidth = 100;
    private const string MetadataFence = "```yaml\n";

    // As Microsoft.PowerShell.PlatyPS writes it, and expects it.
    private const string CommonParameters = """
        ### CommonParameters

        This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,
        -InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,
        -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
        [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
        """;

    /// <summary>A page for a cmdlet that has none.</summary>
    internal static string Create(CmdletInfo cmdlet) => Update(cmdlet, $$$"""
        ---
        document type: cmdlet
        external help file: {{{cmdlet.HelpFile}}}
        HelpUri: ''
        Locale: en-US
        Module Name: IocEnrich
        PlatyPS schema version: 2024-05-01
        title: {{{cmdlet.Name}}}
        ---

        # {{{cmdlet.Name}}}

        ## SYNOPSIS

        {{ Fill in the Synopsis }}

        ## SYNTAX

        ## DESCRIPTION

        {{ Fill in the Description }}

        ## EXAMPLES

        ### Example 1: {{ title }}

        {{ Add example description here }}

        ```powershell
        {{{cmdlet.Name}}}
        ```

        ## PARAMETERS

        ## INPUTS

        ### None

        {{ Fill in the Description }}

        ## OUTPUTS

        ### None

        {{ Fill in the Description }}

        ## NOTES

        {{ Fill in the Notes }}

        ## RELATED LINKS

        {{ Fill in the related links here }}

        """.ReplaceLineEndings("\n"));

    /// <summary>The text of the page as it should be.</summary>
    internal static string Update(CmdletInfo cmdlet, string text)
    {
        string[] sections = text.Split("\n## ");
        return string.Join("\n## ", sections.Select(section => section.Split('\n', 2)[0] switch
        {
            "SYNTAX" => "SYNTAX\n\n" + Syntax(cmdlet),
            "PARAMETERS" => "PARAMETERS\n\n" + Parameters(cmdlet, section) + CommonParameters.ReplaceLineEndings("\n") + "\n",
            _ => section,
        }));
    }

    private static string Syntax(CmdletInfo cmdlet)
    {
        StringBuilder text = new();
        foreach (CommandParameterSetInfo set in cmdlet.ParameterSets.OrderByDescending(static set => set.IsDefault))
        {
            bool isMarked = set.IsDefault && cmdlet.ParameterSets.Count > 1;
            text.Append("### ").Append(set.Name).Append(isMarked ? " (Default)" : "").Append("\n\n```\n").Append(Wrap($"{cmdlet.Name} {set}")).Append("\n```\n\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    // A parameter and its value stay together.
    private static string Wrap(string syntax)
    {
        StringBuilder text = new();
        int column = 0;
        foreach (string word in syntax.Replace(" <", "\u00a0<", StringComparison.Ordinal).Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > LineWidth)
            {
                text.Append('\n');
                column = 0;
            }

            text.Append(text.Length == 0 ? "" : " ").Append(word.Replace('\u00a0', ' '));
            column += 1 + word.Length;
        }

        return text.ToString();
    }

    private static string Parameters(CmdletInfo cmdlet, string section)
    {
        Dictionary<string, string> written = section.Split("\n### -").Skip(1).ToDictionary(
            static part => part.Split('\n', 2)[0], static part => part.Split('\n', 2)[1]);
        StringBuilder text = new();
        foreach (ParameterMetadata parameter in cmdlet.Parameters.Values.Where(static parameter => !Cmdlet.CommonParameters.Contains(parameter.Name)).OrderBy(static parameter => parameter.Name, StringComparer.Ordinal))
        {
            string words = $"{{{{ Fill {parameter.Name} Description }}}}";
            string defaultValue = "";
            if (written.TryGetValue(parameter.Name, out string? body) && body.Split(MetadataFence, 2) is [string before, string after])
            {
                words = before.Trim('\n');
                defaultValue = ParameterBlock.Read(after.Split("\n```", 2)[0]).DefaultValue;
            }

            text.Append("### -").Append(parameter.Name).Append("\n\n").Append(words).Append("\n\n").Append(MetadataFence)
                .Append(ParameterBlock.Of(parameter, defaultValue).Write()).Append("\n```\n\n");
        }

        return text.ToString();
    }
}
