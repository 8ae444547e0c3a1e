using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace IocEnrich.PowerShell.Tests.Help;

/// <summary>Makes of the pages of docs/cmdlets the MAML that Get-Help reads, as Microsoft.PowerShell.PlatyPS would, and only of them.</summary>
internal static partial class MamlWriter
{
    private const int TitleWidth = 70;

    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The whole file, with line feeds between its lines.</summary>
    internal static string Write(IEnumerable<HelpPage> pages)
    {
        XDocument document = new(
            new XComment(" Made from docs/cmdlets by build.ps1 -Task Docs. Changes belong there. "),
            new XElement(
                Msh + "helpItems",
                new XAttribute(XNamespace.Xmlns + "maml", Maml),
                new XAttribute(XNamespace.Xmlns + "command", Command),
                new XAttribute(XNamespace.Xmlns + "dev", Dev),
                new XAttribute("schema", "maml"),
                pages.Select(WriteCommand)));
        StringBuilder text = new("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (XmlWriter writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            document.Save(writer);
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Markdown within a line, as plain text: nobody sees a link in a terminal, or a backtick that helps.</summary>
    internal static string Plain(string markdown) => Link().Replace(markdown.Replace("`", "", StringComparison.Ordinal), "$1").Replace("**", "", StringComparison.Ordinal);

    private static XElement WriteCommand(HelpPage page)
    {
        string[] name = page.Name.Split('-');
        Dictionary<string, (HelpEntry Entry, ParameterBlock Block)> parameters = page.Parameters.ToDictionary(
            static entry => entry.Title, static entry => (entry, ParameterBlock.Read(entry.Blocks[^1].Text)));
        return new XElement(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                Description(page.Synopsis),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[1])),
            Description(page.Description),
            new XElement(Command + "syntax", page.Syntax.Select(set => WriteSyntax(page.Name, set, parameters))),
            new XElement(Command + "parameters", page.Parameters.Select(entry => WriteParameter(entry, parameters[entry.Title].Block, set: null))),
            new XElement(Command + "inputTypes", page.Inputs.Select(static entry => WriteType("inputType", entry))),
            new XElement(Command + "returnValues", page.Outputs.Select(static entry => WriteType("returnValue", entry))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(WriteExample)),
            new XElement(Command + "relatedLinks", page.Links.Select(WriteLink)));
    }

    private static XElement WriteSyntax(string command, HelpEntry set, Dictionary<string, (HelpEntry Entry, ParameterBlock Block)> parameters)
    {
        string title = set.Title.Replace(" (Default)", "", StringComparison.Ordinal);
        IEnumerable<string> names = ParameterInSyntax().Matches(set.Blocks[0].Text).Select(static match => match.Groups[1].Value);
        return new XElement(
            Command + "syntaxItem",
            new XElement(Maml + "name", command),
            names.Select(name => WriteParameter(parameters[name].Entry, parameters[name].Block, title)));
    }

    // In the syntax a parameter is what it is in that set; in the list of all of them, what it is in the first.
    private static XElement WriteParameter(HelpEntry entry, ParameterBlock block, string? set)
    {
        ParameterBlock.Set own = block.Sets.FirstOrDefault(each => each.Name == set || (set is not null && each.Name == ParameterBlock.AllSets)) ?? block.Sets[0];
        return new XElement(
            Command + "parameter",
            new XAttribute("required", own.IsRequired),
            new XAttribute("variableLength", block.Type.EndsWith("[]", StringComparison.Ordinal)),
            new XAttribute("globbing", block.SupportsWildcards),
            new XAttribute("pipelineInput", own.PipelineInput),
            new XAttribute("position", own.Position == "Named" ? "named" : own.Position),
            new XAttribute("aliases", block.Aliases.Count == 0 ? "none" : string.Join(", ", block.Aliases)),
            new XElement(Maml + "name", entry.Title),
            Description([.. entry.Blocks.SkipLast(1)]),
            ShortType(block.Type) is { } type ? new XElement(Command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", type.EndsWith("[]", StringComparison.Ordinal)), type) : null,
            new XElement(Dev + "type", new XElement(Maml + "name", block.Type), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", block.DefaultValue.Length == 0 ? "None" : block.DefaultValue));
    }

    private static XElement WriteType(string kind, HelpEntry entry) => new(
        Command + kind, new XElement(Dev + "type", new XElement(Maml + "name", entry.Title), new XElement(Maml + "uri")), Description(entry.Blocks));

    // Get-Help sets an introduction and the code on one line, and the next title right below the remarks: so the code comes first, and an
    // empty paragraph last.
    private static XElement WriteExample(HelpEntry example)
    {
        string title = $" {Plain(example.Title)} ";
        int before = Math.Max(1, (TitleWidth - title.Length) / 2);
        return new XElement(
            Command + "example",
            new XElement(Maml + "title", new string('-', before) + title + new string('-', Math.Max(1, TitleWidth - title.Length - before))),
            new XElement(Maml + "introduction"),
            new XElement(Dev + "code", example.Blocks[0].Text),
            new XElement(Dev + "remarks", Paragraphs([.. example.Blocks.Skip(1)]), new XElement(Maml + "para")));
    }

    // A topic of Get-Help is named; of a page that is not shipped with the module, it is told where in the project it lies.
    private static XElement WriteLink((string Text, string Target) link)
    {
        bool isOnline = link.Target.StartsWith("https://", StringComparison.Ordinal);
        bool isPage = !isOnline && link.Target.StartsWith("../", StringComparison.Ordinal) && link.Target.EndsWith(".md", StringComparison.Ordinal);
        return new XElement(
            Maml + "navigationLink",
            new XElement(Maml + "linkText", isOnline ? $"{link.Text} ({link.Target})" : isPage ? $"{link.Text} ({link.Target.Replace("..", "docs", StringComparison.Ordinal)})" : link.Text),
            // Get-Help -Online would open the first address that stands here, and somebody else's page is not the help of a cmdlet.
            new XElement(Maml + "uri", ""));
    }

    private static XElement Description(IReadOnlyList<HelpBlock> blocks) => new(Maml + "description", Paragraphs(blocks));

    private static IEnumerable<XElement> Paragraphs(IReadOnlyList<HelpBlock> blocks) =>
        blocks.Select(static block => new XElement(Maml + "para", block.IsCode ? block.Text : Plain(block.Text)));

    private static string? ShortType(string type)
    {
        string name = type.StartsWith("System.Nullable`1[", StringComparison.Ordinal) ? type["System.Nullable`1[".Length..^1] : type;
        string last = name[(name.LastIndexOf('.') + 1)..];
        return last == "SwitchParameter" ? null : last;
    }

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w])-([A-Za-z]\w*)")]
    private static partial Regex ParameterInSyntax();
}
