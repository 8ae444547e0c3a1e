using System.Management.Automation;
using IocEnrich.Engine.Redaction;
using IocEnrich.PowerShell.Errors;

namespace IocEnrich.PowerShell.Commands;

/// <summary>What is said of input that cannot be used. The target is the input as it came: what PowerShell made up has no properties without its wrapping.</summary>
internal static class InputErrors
{
    internal static ErrorRecord NotUnderstood(object? input)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        string message = value is FileSystemInfo file
            ? $"{DisplayText.Clean(file.FullName)} is a file, not an indicator. To read indicators from it use -LiteralPath; to look up its hash pipe it through Get-FileHash first."
            : $"An object of the type {value?.GetType().Name} has none of the properties that are taken for an indicator: {string.Join(", ", IndicatorColumns.Names)}.";
        return KnownErrors.InputNotUnderstood.Record(new ArgumentException(message), input);
    }

    internal static ErrorRecord NoIndicator(object? input, string reason) => KnownErrors.InputNotUnderstood.Record(new ArgumentException(reason), input);

    internal static ErrorRecord NotText(PSObject input) => KnownErrors.InputNotText.Record(
        new ArgumentException($"An object of the type {input.BaseObject.GetType().Name} is no text. Find-Ioc searches strings, the lines of Select-String, and files, as Get-ChildItem gives them or by -Path."),
        input);

    internal static ErrorRecord FileNotFound(string path) => KnownErrors.FileNotFound.Record(
        new FileNotFoundException($"There is no file {DisplayText.Clean(path)}."), path);

    internal static ErrorRecord FileUnreadable(string path, Exception exception) => KnownErrors.FileUnreadable.Record(
        new IOException($"{DisplayText.Clean(path)} cannot be read: {ForeignText.Clean(exception.Message)}", exception), path);
}
