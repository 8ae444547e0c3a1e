using System.Management.Automation;
using System.Management.Automation.Language;

namespace IocEnrich.PowerShell.Completion;

/// <summary>What stands at the cursor when somebody asks for completion: perhaps the beginning of a name, perhaps with a quote.</summary>
internal readonly struct CompletionWord
{
    // Characters that end a word or begin something else there, besides white space and quotes.
    private const string Special = "`$@#&|;,<>(){}[]*?\"'\u2018\u2019\u201A\u201B\u201C\u201D\u201E";

    private readonly bool _isDoublyQuoted;
    private readonly bool _isQuoted;
    private readonly string _text;
    private readonly WildcardPattern? _pattern;

    internal CompletionWord(string? word)
    {
        string text = word ?? "";
        _isQuoted = text.StartsWith('\'');
        _isDoublyQuoted = text.StartsWith('"');
        if (_isQuoted || _isDoublyQuoted)
        {
            char quote = text[0];
            text = text[1..];
            text = text.EndsWith(quote) ? text[..^1] : text;
            text = _isQuoted ? text.Replace("''", "'", StringComparison.Ordinal) : text.Replace("`", "", StringComparison.Ordinal);
        }

        // A name that was completed before and is completed again is escaped.
        _text = WildcardPattern.Unescape(text);
        _pattern = text.AsSpan().IndexOfAny('*', '?') >= 0 && !text.Contains('[', StringComparison.Ordinal)
            ? new WildcardPattern(text + "*", WildcardOptions.IgnoreCase)
            : null;
    }

    /// <summary>Whether the word can become this name.</summary>
    internal bool Fits(string name) => name.StartsWith(_text, StringComparison.OrdinalIgnoreCase) || _pattern?.IsMatch(name) == true;

    /// <summary>The name, to be put there: quoted where it must be, and with the kind of quotes that stand there already.</summary>
    /// <param name="description">What it is, for people.</param>
    /// <param name="takesWildcards">Whether the parameter reads wildcards, so that those of the name must be escaped.</param>
    internal CompletionResult Complete(string name, string description, bool takesWildcards = false)
    {
        string text = takesWildcards ? WildcardPattern.Escape(name) : name;
        bool isPlain = text.Length > 0 && text[0] is not '-' && text.All(static each => !char.IsWhiteSpace(each) && !Special.Contains(each, StringComparison.Ordinal));
        string quoted = _isDoublyQuoted ? InDoubleQuotes(text)
            : _isQuoted || !isPlain ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'"
            : text;

        // What is shown in a list may not move the cursor; what is put there must be the name.
        return new CompletionResult(quoted, DisplayText.Clean(name) is { Length: > 0 } shown ? shown : "?", CompletionResultType.ParameterValue, DisplayText.Clean(description));
    }

    private static string InDoubleQuotes(string text)
    {
        string escaped = text.Replace("`", "``", StringComparison.Ordinal).Replace("$", "`$", StringComparison.Ordinal);
        return '"' + string.Concat(escaped.Select(static each => each is '"' or '\u201C' or '\u201D' or '\u201E' ? "`" + each : each.ToString())) + '"';
    }
}
