using System.Collections.Concurrent;
using System.Text;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>
/// Answers of every kind that a server, a proxy or an attacker can send. Which one a request gets hangs on the seed, its path and its number
/// alone, and on what its connection carried before.
/// </summary>
/// <param name="seed">Another one makes other answers.</param>
/// <param name="mayEndJobs">Whether there are answers that end a job: a refused key, a quota that is gone.</param>
internal sealed class FuzzedAnswers(int seed, bool mayEndJobs)
{
    private static readonly string[] Codes =
    [
        "BadRequestError", "InvalidArgumentError", "AlreadyExistsError", "FailedDependencyError", "TransientError", "InternalError", "", "x", "403",
        HostileTesting.Key, "Two\\nLines", "\\udfff",
    ];

    private static readonly string[] EndingCodes = ["WrongCredentialsError", "ForbiddenError", "QuotaExceededError", "UserNotActiveError"];

    private static readonly int[] Statuses = [200, 201, 204, 206, 301, 302, 304, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 418, 421, 424, 451, 499, 500, 502, 503, 504, 511, 599];

    private static readonly string[] Waits =
    [
        "0", "1", "2", "-1", "soon", "", "1.5", "99999999999999", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "0\r\nRetry-After: 3",
        "0\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT",
    ];

    private static readonly string[] SilentKinds = ["blocks", "members", "comment", "name"];

    private static readonly string[] Encodings = ["br", "deflate", "gzip, gzip", "zstd", "x-gzip"];

    private static readonly int[] EndingStatuses = [401, 403, 407];

    private readonly ConcurrentDictionary<string, int> _requests = new();
    private readonly ConcurrentDictionary<int, string> _before = new();

    /// <summary>The paths that were once truly said to be unknown.</summary>
    internal ConcurrentDictionary<string, bool> NotFound { get; } = new();

    internal RawAnswer Next(RawRequest request)
    {
        int number = _requests.AddOrUpdate(request.Path, 1, static (_, count) => count + 1);
        Random random = new((int)FuzzedReport.Hash($"{seed} {request.Path} {number}"));
        string before = _before.GetValueOrDefault(request.Connection, "/api/v3/domains/stranger.example.org");
        _before[request.Connection] = request.Path;
        FuzzedReport report = new(request.Path);
        return random.Next(20) switch
        {
            < 7 => Sent(random, report.Plain()),
            < 12 => Sent(random, report.Mutated(random)),
            12 => Sent(random, new FuzzedReport(before).Plain()),
            13 => SlippedIn(random, report, before),
            14 => Broken(random, report),
            15 => Compressed(random, report),
            16 or 17 => Error(random, request),
            18 => Page(random),
            _ => mayEndJobs && random.Next(8) == 0 ? Ending(random) : Headers(random, report),
        };
    }

    private static RawAnswer Sent(Random random, string text) => random.Next(2) == 0
        ? RawAnswer.Of(200, "Content-Encoding: gzip\r\n", RawReports.Gzip(text))
        : RawAnswer.Of(200, "Content-Type: application/json\r\n", Encoding.UTF8.GetBytes(text));

    private static RawAnswer SlippedIn(Random random, FuzzedReport report, string before)
    {
        byte[] own = RawAnswer.Bytes(200, "", Encoding.UTF8.GetBytes(report.Plain()));
        byte[] other = random.Next(2) == 0
            ? RawAnswer.Bytes(200, "", Encoding.UTF8.GetBytes(new FuzzedReport(before).Plain()))
            : RawAnswer.Bytes(404, "", """{"error":{"code":"NotFoundError","message":"Domain \"stranger.example.org\" not found"}}"""u8);
        return random.Next(3) switch
        {
            0 => new RawAnswer([(byte[])[.. own, .. other]]),
            1 => new RawAnswer([own, other]),
            _ => new RawAnswer([other, own]),
        };
    }

    private static RawAnswer Broken(Random random, FuzzedReport report)
    {
        byte[] whole = RawAnswer.Bytes(200, "", Encoding.UTF8.GetBytes(report.Mutated(random)));
        if (random.Next(2) == 0)
        {
            return new RawAnswer([whole.AsMemory(0, random.Next(whole.Length))], Closes: true);
        }

        for (int flips = random.Next(1, 4); flips > 0; flips--)
        {
            // Beyond the head: a length that is too large is only a time-out.
            int from = whole.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
            int at = random.Next(from, whole.Length);
            whole[at] = (byte)random.Next(256);
        }

        // A byte of a mark or of a count may have become another one: nothing is told of such a report but that it is none.
        return new RawAnswer([(byte[])[.. whole.AsSpan(0, whole.Length - 1), (byte)'!']]);
    }

    private static RawAnswer Compressed(Random random, FuzzedReport report)
    {
        byte[] body = RawReports.Gzip(report.Plain());
        switch (random.Next(30))
        {
            case 0: return new RawAnswer(RawReports.Silent(SilentKinds[random.Next(SilentKinds.Length)], 16 << 20), Closes: true);
            case 1: return RawAnswer.Of(200, "Content-Encoding: gzip\r\n", RawReports.Bomb(4 << 20));
            case < 8: return RawAnswer.Of(200, $"Content-Encoding: {Encodings[random.Next(Encodings.Length)]}\r\n", body);
            case < 14: return RawAnswer.Of(200, "Content-Encoding: gzip\r\n", body.AsSpan(0, random.Next(body.Length)));
            case < 18: return RawAnswer.Of(200, "Content-Encoding: gzip\r\n", (byte[])[.. body, .. body]);
            case < 22: return RawAnswer.Of(200, "Content-Encoding: gzip\r\n", RawReports.Gzip("") is var empty ? (byte[])[.. empty, .. body] : body);
            default:
                body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
                return RawAnswer.Of(200, "Content-Encoding: gzip\r\n", body);
        }
    }

    private RawAnswer Error(Random random, RawRequest request)
    {
        if (random.Next(3) == 0)
        {
            bool own = random.Next(2) == 0;
            NotFound[request.Path] = NotFound.GetValueOrDefault(request.Path) || own;
            string id = own ? Uri.UnescapeDataString(request.Id) : "stranger.example.org";
            return RawAnswer.Of(404, "", Encoding.UTF8.GetBytes($"{{\"error\":{{\"code\":\"NotFoundError\",\"message\":\"Domain \\\"{id}\\\" not found\"}}}}"));
        }

        string code = Codes[random.Next(Codes.Length)];
        string body = random.Next(6) switch
        {
            0 => $"{{\"error\":\"{code}\"}}",
            1 => $"{{\"error\":{{\"code\":403,\"message\":\"{HostileTesting.Key}\"}}}}",
            2 => $"[{{\"error\":{{\"code\":\"{code}\"}}}}]",
            _ => $"{{\"error\":{{\"message\":\"the key {HostileTesting.Key} of http://me:pw@example.com/ \\u001b[2J\\udfff\",\"code\":\"{code}\"}}}}",
        };
        int status = Statuses[random.Next(Statuses.Length)];

        // These two with a code of the API end the job, which is another answer's business.
        return RawAnswer.Of(status is 401 or 403 or 407 ? 400 : status, "", status is 204 or 304 ? default : Encoding.UTF8.GetBytes(body));
    }

    private static RawAnswer Page(Random random)
    {
        int status = Statuses[random.Next(Statuses.Length)];
        string body = random.Next(4) == 0 ? "" : $"<html><body>{HostileTesting.Key}{new string('x', random.Next(100_000))}</body></html>";
        return RawAnswer.Of(status, $"Content-Type: text/html\r\nLocation: http://127.0.0.1:9/{HostileTesting.Key}\r\n", status is 204 or 304 ? default : Encoding.UTF8.GetBytes(body));
    }

    private static RawAnswer Headers(Random random, FuzzedReport report)
    {
        byte[] body = Encoding.UTF8.GetBytes(report.Plain());
        string text = Encoding.UTF8.GetString(body);
        return random.Next(9) switch
        {
            0 => RawAnswer.Of(200, $"Content-Length: {body.Length + 7}\r\n", body),
            1 => RawAnswer.Of(200, $"X-Long: {new string('h', 100_000)}\r\n", body),
            2 => RawAnswer.Of(200, "X-Odd: \u0001\u001b[2J\r\n", body),
            3 => new RawAnswer([Encoding.Latin1.GetBytes($"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), body]),
            4 => new RawAnswer([Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{text}\r\n0\r\n\r\n")]),
            5 => new RawAnswer([Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{text}\r\nzz\r\n\r\n")], Closes: true),
            6 => new RawAnswer([Encoding.UTF8.GetBytes($"HTTP/1.0 200 OK\r\n\r\n{text}")], Closes: true),
            7 => new RawAnswer([Encoding.Latin1.GetBytes($"{HostileTesting.Key} {new string('z', random.Next(1, 200))}\r\n\r\n")], Closes: true),
            _ => new RawAnswer([Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]),
        };
    }

    private static RawAnswer Ending(Random random)
    {
        if (random.Next(3) > 0)
        {
            return RawAnswer.Of(429, $"Retry-After: {Waits[random.Next(Waits.Length)]}\r\n", """{"error":{"code":"QuotaExceededError","message":"Quota exceeded"}}"""u8);
        }

        string body = $"{{\"error\":{{\"code\":\"{EndingCodes[random.Next(EndingCodes.Length)]}\",\"message\":\"{HostileTesting.Key}\"}}}}";
        return RawAnswer.Of(EndingStatuses[random.Next(EndingStatuses.Length)], "", Encoding.UTF8.GetBytes(body));
    }
}
