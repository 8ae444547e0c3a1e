using System.Globalization;

namespace IocEnrich.PowerShell.Input;

/// <summary>The sentences about objects that gave no indicator. None of them holds a text of the object's own code.</summary>
internal static class InputProblems
{
    private const int MostColumns = 20;

    internal static InputReading NoColumn(object? input, IReadOnlyList<string> names, IReadOnlyList<string> looked, IReadOnlyList<string> wanted)
    {
        string type = TypeOf(input);
        (string one, string several) = looked.Count > 0 ? ($"holds no indicator in {Join(looked)}.", $"hold no indicator in {Join(looked)}.")
            : wanted.Count > 0 ? ($"has none of the properties named with -Property. Its properties: {Join(names)}.", $"have none of the properties named with -Property. Their properties: {Join(names)}.")
            : names.Count > 0 ? ($"has no known indicator property. Its properties: {Join(names)}.", $"have no known indicator property. Their properties: {Join(names)}.")
            : ("has no properties.", "have no properties.");
        return Not(input, $"{type}|{one}", $"An object of the type {type} {one}", $"objects of the type {type} {several}");
    }

    internal static InputReading.NotUnderstood Endless(object? input)
    {
        string type = TypeOf(input);
        return Not(
            input, $"{type}|endless", $"An object of the type {type} contains itself, or is nested without end, and no indicator was found before that.",
            $"objects of the type {type} contain themselves, or are nested without end, and no indicator was found before that.");
    }

    internal static InputReading.NotUnderstood PropertyThrew(object? input, string property)
    {
        string type = TypeOf(input);
        string name = DisplayText.Clean(property, 80);
        return Not(
            input, $"{type}|threw|{name}", $"An object of the type {type} cannot be read: its property {name} throws an exception, and no other property holds an indicator.",
            $"objects of the type {type} cannot be read: their property {name} throws an exception, and no other property holds an indicator.");
    }

    internal static InputReading.NotUnderstood Unreadable(object? input, string what, Exception exception)
    {
        string type = TypeOf(input);
        string reason = (exception.InnerException ?? exception).GetType().Name;
        return Not(
            input, $"{type}|{what}|{reason}", $"An object of the type {type} cannot be read completely: reading {what} failed ({reason}).",
            $"objects of the type {type} cannot be read completely: reading {what} failed ({reason}).");
    }

    internal static InputReading LineWithout(object? input) => Not(
        input, "line", "A line of Select-String holds no indicator.", "lines of Select-String hold no indicator.");

    internal static InputReading FileEntry(object? input, string path) => Not(
        input, $"file|{path}",
        $"{DisplayText.Clean(path)} is a {(input is System.Management.Automation.PSObject { BaseObject: DirectoryInfo } or DirectoryInfo ? "folder" : "file")}, not an indicator. To read indicators from a file, use -LiteralPath. To look up the hash of a file, pipe it through Get-FileHash first.",
        "files are not indicators.");

    internal static InputProblem TooLarge(object? input)
    {
        string type = TypeOf(input);
        string most = string.Create(CultureInfo.InvariantCulture, $"{RowReader.MostValues:N0}");
        return new InputProblem(
            input, $"{type}|large",
            $"An object of the type {type} holds more than {most} values or more than {InputPath.Deepest} levels of nesting; the rest of it was not read.",
            $"objects of the type {type} hold more than {most} values or more than {InputPath.Deepest} levels of nesting; the rest of them was not read.");
    }

    internal static InputProblem NoText(object? input)
    {
        string type = TypeOf(input);
        return new InputProblem(
            input, $"{type}|text",
            $"An object of the type {type} holds no text. Find-Ioc searches strings, files (from Get-ChildItem or -Path), and the properties of objects.",
            $"objects of the type {type} hold no text. Find-Ioc searches strings, files (from Get-ChildItem or -Path), and the properties of objects.");
    }

    private static InputReading.NotUnderstood Not(object? input, string kind, string singular, string plural) =>
        new(new InputProblem(input, kind, singular, plural));

    private static string TypeOf(object? input) =>
        (input is System.Management.Automation.PSObject wrapped ? wrapped.BaseObject : input)?.GetType().Name ?? "null";

    private static string Join(IReadOnlyList<string> names)
    {
        string joined = string.Join(", ", names.Distinct().Take(MostColumns).Select(static name => DisplayText.Clean(name, 60)));
        return names.Count > MostColumns ? $"{joined} and {names.Count - MostColumns} more" : joined;
    }
}
