namespace IocEnrich.Engine.Providers;

/// <summary>The form of a provider's key, and where it is found if no parameter or session option sets it.</summary>
public sealed record KeyDefinition
{
    /// <summary>The form of a key, for a sentence: <c>64 hexadecimal digits</c>.</summary>
    public required string Shape { get; init; }

    /// <summary>Where the user finds the key, for a sentence: <c>your profile page at example.com, under API key</c>.</summary>
    public required string Page { get; init; }

    /// <summary>The places that may hold the key, in order of precedence. The first is an environment variable.</summary>
    public required IReadOnlyList<KeySource> Sources { get; init; }

    /// <summary>The environment variable that messages name: <c>$env:VARIABLE</c>.</summary>
    public string Variable => Sources[0].Place;
}

/// <summary>A place outside the session that may hold a key.</summary>
public abstract class KeySource
{
    /// <summary>The name of the place: <c>$env:VARIABLE</c>, or the path of a file.</summary>
    public abstract string Place { get; }

    /// <summary>The place in a message that lists all of them, such as <c>apikey in …</c>.</summary>
    public virtual string Description => Place;

    /// <summary>Whether the place is a file, not an environment variable.</summary>
    public abstract bool IsFile { get; }

    /// <summary>The key in this place; <see langword="null"/> if there is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">The file is not what it should be: a sentence says why, and shows nothing of it.</exception>
    public abstract string? Read();
}

/// <summary>An environment variable that may hold a key.</summary>
public sealed class EnvironmentKeySource(string variable) : KeySource
{
    /// <inheritdoc/>
    public override string Place => "$env:" + variable;

    /// <inheritdoc/>
    public override bool IsFile => false;

    /// <inheritdoc/>
    public override string? Read() =>
        Environment.GetEnvironmentVariable(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? WithoutQuotes(value) : null;

    // Who writes a line such as VARIABLE="…" for a program that knows no quotation marks means the key between them.
    private static string WithoutQuotes(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 2 && trimmed[0] == trimmed[^1] && trimmed[0] is '"' or '\'' ? trimmed[1..^1] : text;
    }
}

/// <summary>A configuration file in the user's home folder that may hold a key.</summary>
/// <param name="name">The file's name.</param>
/// <param name="member">The name of the key in the file.</param>
/// <param name="read">Reads the key from the file; <see langword="null"/> if there is none.</param>
public sealed class FileKeySource(string name, string member, Func<string, string?> read) : KeySource
{
    /// <inheritdoc/>
    public override string Place => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), name);

    /// <inheritdoc/>
    public override string Description => $"{member} in {Place}";

    /// <inheritdoc/>
    public override bool IsFile => true;

    /// <inheritdoc/>
    public override string? Read() => Path.Exists(Place) ? read(Place) : null;
}
