using System.Management.Automation;

namespace IocEnrich.PowerShell.Commands;

/// <summary>What is said of input that cannot be used.</summary>
internal static class InputErrors
{
    internal static ErrorRecord NotUnderstood(object? input)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        string message = value is FileSystemInfo file
            ? $"{file.FullName} is a file, not an indicator. To read indicators from it use -LiteralPath; to look up its hash pipe it through Get-FileHash first."
            : $"An object of the type {value?.GetType().Name} has none of the properties that are taken for an indicator: {string.Join(", ", IndicatorColumns.Names)}.";
        return new ErrorRecord(new ArgumentException(message), "InputNotUnderstood", ErrorCategory.InvalidArgument, value);
    }

    internal static ErrorRecord NotText(object input) => new(
        new ArgumentException($"An object of the type {input.GetType().Name} is no text. Find-Ioc searches strings, the lines of Select-String, and files, as Get-ChildItem gives them or by -Path."),
        "InputNotText",
        ErrorCategory.InvalidType,
        input);

    internal static ErrorRecord FileNotFound(string path) => new(
        new FileNotFoundException($"There is no file {path}."), "FileNotFound", ErrorCategory.ObjectNotFound, path);

    internal static ErrorRecord FileUnreadable(string path, Exception exception) => new(
        new IOException($"{path} cannot be read: {exception.Message}", exception), "FileUnreadable", ErrorCategory.ReadError, path);
}
