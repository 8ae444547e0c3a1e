namespace IocEnrich.Shell;

/// <summary>How many columns of a terminal a text takes.</summary>
internal static class CellWidth
{
    /// <summary>
    /// 2 for East Asian wide characters, else 1: the ranges of Markus Kuhn's wcwidth, which the engine uses for its own host. Each half of
    /// a surrogate pair counts one, which is right for emoji and for the ideographs out there.
    /// </summary>
    public static int Of(char character) => character switch
    {
        < '\u1100' => 1,
        <= '\u115f' or '\u2329' or '\u232a' => 2,
        '\u303f' => 1,
        >= '\u2e80' and <= '\ua4cf' => 2,
        >= '\uac00' and <= '\ud7a3' => 2,
        >= '\uf900' and <= '\ufaff' => 2,
        >= '\ufe10' and <= '\ufe19' => 2,
        >= '\ufe30' and <= '\ufe6f' => 2,
        >= '\uff00' and <= '\uff60' => 2,
        >= '\uffe0' and <= '\uffe6' => 2,
        _ => 1,
    };

    /// <summary>The columns of a whole text.</summary>
    public static int Of(string text) => text.Sum(Of);

    /// <summary>The beginning of a text that fits into so many columns, with an ellipsis where it was cut.</summary>
    public static string Fit(string text, int columns)
    {
        if (Of(text) <= columns)
        {
            return text;
        }

        int used = 1;
        int length = 0;
        while (length < text.Length && used + Of(text[length]) <= columns)
        {
            used += Of(text[length++]);
        }

        // Half a surrogate pair is not a character.
        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        return columns < 1 ? string.Empty : string.Concat(text.AsSpan(0, length), "…");
    }
}
