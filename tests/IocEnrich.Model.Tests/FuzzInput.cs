using System.Text;

namespace IocEnrich.Model.Tests;

/// <summary>Makes hostile input: fragments that mean something to the parser, glued at random. The seed makes a run repeatable.</summary>
internal sealed class FuzzInput
{
    private static readonly string[] Fragments =
    [
        "http", "https", "hxxp", "hxxps", "ftp", "h**p", "meow", "tcp", "file", "://", "[:]//", "[://]", ":\\\\", "__", "//", ":", "::", "/",
        "\\", ".", "..", "[.]", "(.)", "{.}", "[.", ".]", "<.>", "\\.", "^.", "[dot]", "(dot)", " dot ", "DOT", "-dot-", "[at]", "(at)",
        " at ", "AT", "@", "[@]", "[/]", "[,]", "[-]", ",", ";", "evil", "www", "example", "com", "net", "zip", "local", "onion", "pumpkin",
        "bücher", "例子", "中国", "xn--", "xn--bcher-kva", "é", "ß", "\u200B", "\u00AD", "\uFEFF", "\u202E", "。", "．", "・", "\uD800", "\uDC00",
        "😀", "1", "0", "10", "127", "192", "255", "256", "300", "001", "0x7f", "3232235777", "1.2.3.4", "::1", "2001:db8::1", "fe80::1",
        "::ffff:1.2.3.4", "%eth0", "%41", "%", "[", "]", "(", ")", "{", "}", "<", ">", "\"", "'", "`", "*", "_", "-", "~", "|", "!", "?", "#",
        "=", "&", "+", "$", " ", "  ", "\t", "\n", "\r\n", "\0", "\u001B[31m", ":80", ":443", ":99999", "/24", "/32", "/a.php", "?x=1",
        "#top", "CVE-", "2021-44228", "md5:", "SHA-256 = ", "mailto:", "d41d8cd98f00b204e9800998ecf8427e", "DEADBEEF", "abcdef", "user", "pw",
        "](", "![", "[text](", "&quot;", "\\n", "v", "version ", "run ", "C:\\", ".exe", ".md", ".", ".", "a", "B", "z", "9",
    ];

    private readonly Random _random;

    public FuzzInput(int seed)
    {
        _random = new Random(seed);
    }

    public string Next(int mostFragments)
    {
        int count = _random.Next(mostFragments + 1);
        StringBuilder text = new();
        for (int i = 0; i < count; i++)
        {
            if (_random.Next(20) == 0)
            {
                text.Append((char)_random.Next(char.MaxValue + 1));
            }
            else if (_random.Next(200) == 0)
            {
                text.Append(Fragments[_random.Next(Fragments.Length)][0], _random.Next(300));
            }
            else
            {
                text.Append(Fragments[_random.Next(Fragments.Length)]);
            }
        }

        return text.ToString();
    }

    public int NextInt(int below) => _random.Next(below);
}
