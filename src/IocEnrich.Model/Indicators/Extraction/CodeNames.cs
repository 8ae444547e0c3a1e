namespace IocEnrich;

/// <summary>
/// Pieces of code that end like a name in the DNS: members (<c>e.target</c>), selectors (<c>td.mobile</c>), packages (<c>com.example.app</c>),
/// types (<c>System.IO</c>), fields of schemas (<c>dns.question.name</c>). Whoever writes a name alone on a line or with a path means a name.
/// </summary>
internal static class CodeNames
{
    // Under these a short or common word is a name as likely as any.
    private static readonly WordSet ClassicTops = new(
        "app", "arpa", "biz", "cloud", "com", "dev", "edu", "gov", "i2p", "info", "mil", "net", "onion", "org", "top", "xyz");

    // Words of two letters that code calls its members by, and that are top-level domains of countries.
    private static readonly WordSet ShortMembers = new(
        "as", "at", "br", "by", "do", "hr", "id", "in", "is", "it", "li", "ms", "my", "no", "pm", "ps", "so", "st", "td", "th", "to", "tr", "us");

    private static readonly WordSet Members = new(
        "active", "actor", "ads", "art", "audio", "author", "auto", "baby", "bar", "best", "bid", "black", "blue", "bold", "book", "booking", "box", "broker",
        "build", "business", "call", "cam", "camera", "cards", "case", "cash", "cat", "center", "channel", "chat", "city", "click", "codes", "community",
        "company", "computer", "contact", "country", "credit", "data", "date", "day", "delivery", "design", "diet", "digital", "direct", "directory",
        "discount", "documents", "domains", "dot", "download", "drive", "email", "engine", "equipment", "events", "exchange", "expert", "express", "fail",
        "family", "fast", "feedback", "film", "final", "finance", "fire", "fit", "foo", "forum", "free", "fund", "gallery", "game", "games", "gdn", "global",
        "gold", "gray", "green", "group", "guide", "help", "here", "host", "hosting", "hot", "how", "icon", "ink", "inc", "int", "jobs", "land",
        "legal", "life", "lighting", "like", "limited", "link", "loan", "locker", "makeup", "management", "map", "market", "marketing", "media", "meet", "menu", "mobile",
        "money", "movie", "name", "network", "new", "news", "next", "now", "off", "on", "one", "open", "orange", "page", "parts", "pay", "phone", "photo", "photos",
        "pics", "pictures", "pid", "pin", "ping", "pink", "place", "play", "plus", "post", "press", "prime", "prod", "productions", "properties", "property",
        "protection", "pub", "quest", "read", "red", "rent", "report", "rest", "review", "reviews", "room", "rsvp", "run", "safe", "safety", "sale", "save",
        "school", "science", "search", "secure", "security", "select", "services", "show", "skin", "smart", "social", "software", "solutions", "song",
        "spot", "stream", "study", "style", "sucks", "supplies", "supply", "support", "systems", "talk", "target", "tax", "team", "tel", "tips", "today",
        "total", "trade", "trading", "training", "travel", "trust", "tube", "unicom", "video", "vision", "vote", "watch", "weather", "win", "work", "works",
        "world", "yes", "you", "zero", "zone");

    private static readonly WordSet Elements = new(
        "abbr", "article", "aside", "blockquote", "body", "button", "caption", "code", "col", "dd", "div", "dl", "dt", "em", "embed", "fieldset",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "iframe", "img", "input", "label", "legend", "li", "main",
        "nav", "object", "ol", "optgroup", "option", "pre", "section", "select", "small", "span", "strong", "summary", "sup", "svg", "table", "tbody", "td",
        "textarea", "tfoot", "th", "thead", "tr", "ul", "video");

    // What code calls its objects, and what schemas call their sets of fields.
    private static readonly WordSet Objects = new(
        "agent", "args", "arg", "attr", "attrs", "browser", "cell", "cfg", "child", "client", "cls", "config", "conn", "console", "container", "context",
        "cookie", "ctx", "cursor", "data", "dest", "destination", "device", "dns", "doc", "document", "dom", "ecs", "el", "elem", "element", "entry", "err", "error",
        "ev", "event", "evt", "exports", "field", "file", "frame", "fs", "func", "geo", "group", "hash", "host", "http", "image", "item", "job", "json", "key",
        "location", "log", "logger", "math", "message", "meta", "method", "model", "module", "msg", "navigator", "network", "node", "obj", "observer",
        "opts", "options", "orchestrator", "organization", "os", "package", "param", "params", "parent", "pe", "plugin", "process", "props", "query", "registry",
        "req", "request", "res", "resp", "response", "result", "results", "root", "row", "rule", "schema", "screen", "scope", "self", "server", "service",
        "session", "settings", "source", "state", "str", "string", "sys", "tag", "task", "text", "this", "thread", "threat", "tls", "tmp", "token",
        "tracing", "type", "url", "user", "val", "value", "var", "vars", "view", "vulnerability", "widget", "win", "window");

    // Objects whose names are words of sites as well: they count only where nothing says that a name is meant.
    private static readonly WordSet AmbiguousObjects = new(
        "attempt", "bounds", "collections", "datetime", "edge", "enum", "goog", "importlib", "line", "logging", "offset", "operator", "pos", "rect", "script",
        "style");

    // The few that are code wherever they stand.
    private static readonly WordSet AlwaysCode = new(
        "args", "console", "document", "event", "exports", "math", "module", "obj", "params", "process", "req", "request", "res", "response",
        "self", "sys", "this", "window");

    // What members of any depth begin with.
    private static readonly WordSet Receivers = new("cls", "console", "exports", "math", "module", "os", "self", "sys", "this", "window");

    // Of brands, closed or hardly used: a text that holds them is code unless it says otherwise.
    private static readonly WordSet MostlyCode = new(
        "abc", "call", "data", "drive", "fly", "here", "how", "int", "map", "name", "next", "off", "open", "pid", "pin", "ping", "play", "prime",
        "prod", "read", "safe", "save", "search", "select", "song", "spot", "talk", "target", "total", "tube", "zero");

    private static readonly WordSet FieldMembers = new("email", "id", "name");

    // Behind an object these are code, though they are no words.
    private static readonly WordSet ObjectMembers = new("abc", "ge", "gt", "le", "lt", "ne");

    // What has a top, in code that lays out a page.
    private static readonly WordSet Boxes = new("bounds", "margin", "offset", "pos", "rect", "style");

    // Java and its kin name packages by a domain turned round.
    private static readonly WordSet ReversedRoots = new("android", "androidx", "com", "edu", "gov", "io", "java", "javax", "kotlin", "net", "org", "sun");

    // What names a package of Android: "pkg=com.example.mm".
    private static readonly WordSet PackageWords = new("cmp", "package", "packagename", "pkg");

    /// <summary>Whether it is a name that nothing but a name looks like; most are.</summary>
    public static bool IsOrdinary(ReadOnlySpan<char> text, NameRun name, ReadOnlySpan<char> last)
    {
        if (last is not ("com" or "net" or "org") || name.Labels > 4 || (name.Start > 0 && text[name.Start - 1] == '{'))
        {
            return false;
        }

        ReadOnlySpan<char> whole = text[name.Start..name.End];
        return !whole.Contains('_') && (name.Labels > 2 || !AlwaysCode.Contains(whole[..FirstSeparator(whole)]));
    }

    public static bool IsCode(ReadOnlySpan<char> text, NameRun name, NameContext context)
    {
        ReadOnlySpan<char> whole = text[name.Start..name.End];
        ReadOnlySpan<char> first = whole[..FirstSeparator(whole)];
        ReadOnlySpan<char> last = text[name.LastLabel..name.End];
        if (name.Labels == 2 && AlwaysCode.Contains(first))
        {
            return true;
        }

        bool isField = Objects.Contains(first);
        if (isField && FieldMembers.Contains(last) && !context.HasPath && (name.Labels == 2 || AreWords(whole, first.Length + 1, last.Length + 1)))
        {
            return true;
        }

        if (ReversedRoots.Contains(first) && (IsComponent(text[name.End..], first) || TextContext.WordBefore(text, name.Start, PackageWords)))
        {
            return true;
        }

        if (context.IsMeant)
        {
            return false;
        }

        bool isObject = isField || AmbiguousObjects.Contains(first);
        if ((isObject && name.Labels == 2 && ObjectMembers.Contains(last))
            || (IsMemberWord(last) && CodeContext.IsAliased(text[name.End..]))
            || CodeContext.IsReference(text, name.Start, name.End))
        {
            return true;
        }

        if (Receivers.Contains(first) && last is not ("com" or "net" or "org"))
        {
            return true;
        }

        return IsCasedAsCode(whole, first, last)
            || IsPackage(first, last, name.Labels)
            || IsHidden(whole, last)
            || IsTemplate(text, name)
            || IsPlace(whole, first, last)
            || IsMember(text, name, isObject, whole, last);
    }

    /// <summary>Whether a label begins a name that is turned round, as packages have it.</summary>
    public static bool IsReversedRoot(ReadOnlySpan<char> label) => ReversedRoots.Contains(label);

    /// <summary>Whether the label is a top-level domain that prose and reports are full of: no word of code.</summary>
    public static bool IsPlainTop(ReadOnlySpan<char> label) =>
        ClassicTops.Contains(label) || (label.Length == 2 && !ShortMembers.Contains(label) && label is not ("io" or "IO"));

    /// <summary>Whether a label is a word that code calls its members by.</summary>
    public static bool IsMemberWord(ReadOnlySpan<char> label) => Members.Contains(label) || ShortMembers.Contains(label);

    // "com.example.mm/.plugin.Main", "com.example.mm/com.example.mm.Main": a package of Android, and a class in it.
    private static bool IsComponent(ReadOnlySpan<char> rest, ReadOnlySpan<char> first) =>
        rest.StartsWith("/.") || (rest.StartsWith("/") && rest[1..].StartsWith(first) && rest[(1 + first.Length)..].StartsWith("."));

    // "rect.top", "menu.style.top", "clientRect.top", "e.top"
    private static bool IsPlace(ReadOnlySpan<char> whole, ReadOnlySpan<char> first, ReadOnlySpan<char> last)
    {
        if (last is not "top" || first is "www")
        {
            return false;
        }

        ReadOnlySpan<char> rest = whole[..^4];
        ReadOnlySpan<char> owner = rest[(rest.LastIndexOf('.') + 1)..];
        return Boxes.Contains(owner) || rest.Length == 1 || (char.IsAsciiLetterLower(first[0]) && owner.IndexOfAnyInRange('A', 'Z') > 0);
    }

    // "System.IO", "socket.AF", "userInfo.name", "logging.INFO", "ASP.NET"
    private static bool IsCasedAsCode(ReadOnlySpan<char> whole, ReadOnlySpan<char> first, ReadOnlySpan<char> last)
    {
        bool topIsUpper = char.IsAsciiLetterUpper(last[0]) && last.IndexOfAnyInRange('a', 'z') < 0;
        bool othersHaveLower = whole[..^last.Length].IndexOfAnyInRange('a', 'z') >= 0;
        if (topIsUpper && othersHaveLower && (!ClassicTops.Contains(last) || (last is "INFO" && first.Length == whole.Length - 5)))
        {
            return true;
        }

        if (topIsUpper && !othersHaveLower && last is "NET" && first.Length <= 3 && whole.Length == first.Length + 4)
        {
            return true;
        }

        return IsMemberWord(last) && char.IsAsciiLetterLower(first[0]) && HasHump(whole[..^last.Length]);
    }

    // "userInfo.name", "e.target.parentElement.id"
    private static bool HasHump(ReadOnlySpan<char> labels)
    {
        int upper = labels.IndexOfAnyInRange('A', 'Z');
        return upper > 0 && char.IsAsciiLetterLower(labels[upper - 1]);
    }

    private static bool IsPackage(ReadOnlySpan<char> first, ReadOnlySpan<char> last, int labels) =>
        (labels > 2 ? ReversedRoots.Contains(first) : first is "com" or "org") && last.Length > 2 && !ClassicTops.Contains(last);

    // "pip._internal.commands.show"
    private static bool IsHidden(ReadOnlySpan<char> whole, ReadOnlySpan<char> last) =>
        last.Length > 2 && !ClassicTops.Contains(last) && whole.IndexOf("._") > 0;

    // "${report.directory}", "{{item.name}}"
    private static bool IsTemplate(ReadOnlySpan<char> text, NameRun name) =>
        name.Start > 1 && text[name.Start - 1] == '{' && text[name.Start - 2] is '$' or '{' or '#' && name.End < text.Length && text[name.End] == '}';

    private static bool IsMember(ReadOnlySpan<char> text, NameRun name, bool isObject, ReadOnlySpan<char> whole, ReadOnlySpan<char> last)
    {
        ReadOnlySpan<char> first = whole[..FirstSeparator(whole)];
        bool isWord = Members.Contains(last);
        bool isShort = ShortMembers.Contains(last);
        bool mayBeMember = isWord || isShort || (last.Length > 2 && !ClassicTops.Contains(last));
        if (!mayBeMember || last[0] >= 128)
        {
            return false;
        }

        bool isVariable = first.Length == 1 && char.IsAsciiLetter(first[0]);
        if (name.Labels == 2 && (isVariable || (Elements.Contains(first) && (isWord || last.Length > 2))))
        {
            return true;
        }

        if (!isWord && !isShort)
        {
            return false;
        }

        if ((isVariable || isObject) && (name.Labels == 2 || AreWords(whole, first.Length + 1, last.Length + 1)))
        {
            return true;
        }

        return !CodeContext.IsQuoted(text, name.Start, name.End)
            && (MostlyCode.Contains(last) || (isWord && name.Labels == 2 && CodeContext.IsAround(text, name.Start, name.End)) || CodeContext.IsArgument(text, name.Start));
    }

    // Whether each label between the first and the last one is a word of code too.
    private static bool AreWords(ReadOnlySpan<char> whole, int start, int behind)
    {
        ReadOnlySpan<char> middle = whole[start..^behind];
        while (!middle.IsEmpty)
        {
            int dot = middle.IndexOf('.');
            ReadOnlySpan<char> label = dot < 0 ? middle : middle[..dot];
            if (!Objects.Contains(label) && !Members.Contains(label) && label is not ("question" or "answers" or "indicator" or "as" or "threat"))
            {
                return false;
            }

            middle = dot < 0 ? default : middle[(dot + 1)..];
        }

        return true;
    }

    private static int FirstSeparator(ReadOnlySpan<char> name)
    {
        int dot = name.IndexOf('.');
        return dot < 0 ? name.Length : dot;
    }
}
