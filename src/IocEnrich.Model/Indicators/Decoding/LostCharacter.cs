namespace IocEnrich;

/// <summary>
/// A character that nobody knows any more: U+FFFD stands for what could not be decoded. It is read as a letter of the word that it stands
/// in, so that the rest of the word is not taken for a name of its own; what holds it is not reported.
/// </summary>
internal static class LostCharacter
{
    /// <summary>What programs write in the place of what they could not decode.</summary>
    public const char Replacement = '\uFFFD';

    /// <summary>What it is read as: a letter that nobody has written since the Middle Ages, and hardly then, the Glagolitic caudate chrivi.</summary>
    public const char Mark = '\u2C2F';
}
