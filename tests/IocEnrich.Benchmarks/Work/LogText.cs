using System.Globalization;
using System.Text;

namespace IocEnrich.Benchmarks.Work;

/// <summary>Log text, always the same, with many indicators in it or few.</summary>
internal static class LogText
{
    private static readonly string[] Components = ["scheduler", "storage.replica", "auth-gateway", "billing.worker", "kernel", "sshd", "cron", "net.ipv4.tcp"];

    private static readonly string[] Messages =
    [
        "session opened for user {0} by (uid=0) after {1} ms",
        "flushed {1} segments to /var/lib/store/shard-{0}/segment_{1}.dat (version 4.{0}.{1})",
        "retrying operation {1} of batch 7f3c{0:x4}: timeout after {1} ms, queue length {0}",
        "INFO loaded module plugin_{0}.so, build 10.0.{1}-rc1, {1} symbols in {0} ms",
        "request_id=9b1d{1:x6} method=GET path=/api/v2/items/{0} status=200 bytes={1} duration={0}ms",
        "WARN cache miss ratio 0.{1} above threshold 0.{0} for tenant alpha-{0}",
    ];

    /// <summary>What firewalls, proxies and mail gateways write: an indicator or more on each line.</summary>
    internal static string Dense(int length) => Build(length, static (text, number) =>
    {
        AppendHead(text, number, "proxy");
        CultureInfo invariant = CultureInfo.InvariantCulture;
        switch (number % 4)
        {
            case 0:
                text.Append(invariant, $"src={IndicatorList.Address(number)} dst={IndicatorList.Address(number * 7)} action=allow bytes={number} rule=outbound-{number % 50}");
                break;
            case 1:
                text.Append(invariant, $"\"GET {IndicatorList.Url(number)} HTTP/1.1\" 200 {number} \"-\" \"Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101\"");
                break;
            case 2:
                text.Append(invariant, $"query[A] {IndicatorList.Domain(number)} from {IndicatorList.Address(number)} forwarded, cached {number % 3} times");
                break;
            default:
                text.Append(invariant, $"attachment invoice-{number}.pdf sha256={IndicatorList.Sha256(number)} verdict=unknown queue=mail-{number % 9}");
                break;
        }
    });

    /// <summary>What programs write: an indicator on one line in fifty.</summary>
    internal static string Sparse(int length) => Build(length, static (text, number) =>
    {
        AppendHead(text, number, Components[number % Components.Length]);
        if (number % 50 == 49)
        {
            text.Append(CultureInfo.InvariantCulture, $"connection from {IndicatorList.Address(number)} refused");
        }
        else
        {
            text.AppendFormat(CultureInfo.InvariantCulture, Messages[number % Messages.Length], number % 100, number % 997);
        }
    });

    private static void AppendHead(StringBuilder text, int number, string component) =>
        text.Append(CultureInfo.InvariantCulture, $"2026-03-{1 + (number % 28):00}T{number % 24:00}:{number % 60:00}:{number * 7 % 60:00}.{number % 1000:000}Z web-{number % 16:00} {component}[{1000 + (number % 30000)}]: ");

    private static string Build(int length, Action<StringBuilder, int> appendLine)
    {
        StringBuilder text = new(length + 512);
        for (int number = 0; text.Length < length; number++)
        {
            appendLine(text, number);
            text.Append('\n');
        }

        return text.ToString();
    }
}
