using System.Management.Automation;
using System.Management.Automation.Language;
using IocEnrich.Engine.Redaction;
using IocEnrich.PowerShell.Errors;

namespace IocEnrich.PowerShell.Input;

/// <summary>What is said of input that cannot be used. The target is the input as it came: what PowerShell made up has no properties without its wrapping.</summary>
internal static class InputErrors
{
    internal static void Report(Cmdlet cmdlet, InputTally tally, ErrorDefinition definition)
    {
        foreach ((string message, object? input) in tally.Take())
        {
            cmdlet.WriteError(definition.Record(new ArgumentException(message), input));
        }
    }

    internal static ErrorRecord NoIndicator(object? input, string reason) => KnownErrors.InputNotUnderstood.Record(new ArgumentException(reason), input);

    internal static ErrorRecord IsFolder(string path) => KnownErrors.FileNotFound.Record(
        new FileNotFoundException($"{DisplayText.Clean(path)} is a folder, not a file. To read the files in it: -Path '{CodeGeneration.EscapeSingleQuotedStringContent(DisplayText.Clean(path.TrimEnd('/', '\\')))}/*'"), path);

    internal static ErrorRecord FileNotFound(string path) => KnownErrors.FileNotFound.Record(
        new FileNotFoundException($"There is no file {DisplayText.Clean(path)}."), path);

    internal static ErrorRecord FileUnreadable(string path, Exception exception) => KnownErrors.FileUnreadable.Record(
        new IOException($"{DisplayText.Clean(path)} cannot be read: {ForeignText.Clean(exception.Message)}", exception), path);
}
