using System.Reflection;
using IocEnrich.Engine.Caching;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>What a result says comes back from the store, whichever properties it has.</summary>
public sealed class SummaryTests : IAsyncLifetime
{
    // What a result has from elsewhere: the key, the job, the input, and what is made of the rest. A new property belongs here or comes back.
    private static readonly HashSet<string> Elsewhere =
    [
        "Reason", "Error", "Requests", "FromCache", "Input", "Position", "Occurrences", "InputPath", "InputLine", "Source", "Report",
    ];

    private StoreTesting _testing = null!;

    public async Task InitializeAsync() => _testing = await StoreTesting.StartAsync();

    public async Task DisposeAsync() => await _testing.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_property_of_an_answer_comes_back_from_the_file_as_it_was_or_as_none(bool isFull)
    {
        Indicator indicator = Indicator.Parse("example.com");
        EnrichmentResult kept = new()
        {
            Indicator = indicator.Value,
            Type = indicator.Type,
            Status = EnrichmentStatus.Found,
            Verdict = isFull ? Verdict.Malicious : Verdict.Unknown,
            RetrievedAt = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()),
            Provider = "VirusTotal",
        };
        PropertyInfo[] properties = [.. typeof(EnrichmentResult).GetProperties().Where(static property => !Elsewhere.Contains(property.Name))];
        if (isFull)
        {
            int number = 0;
            foreach (PropertyInfo property in properties.Where(property => property.CanWrite && property.GetValue(kept) is null or TextList))
            {
                property.SetValue(kept, Value(property, ++number));
            }

            Assert.DoesNotContain(properties, property => property.GetValue(kept) is null);
        }

        using (ResultCache store = ResultCache.Open(_testing.File))
        {
            await _testing.Cache(store, new JobWishes()).KeepAsync(indicator, kept, null);
        }

        EnrichmentResult read = _testing.Cache(_testing.Open(), new JobWishes()).Find(indicator)!.Result;

        Assert.All(properties, property => Assert.Equal(Show(property.GetValue(kept)), Show(property.GetValue(read))));
    }

    private static object Value(PropertyInfo property, int number)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) ? $"{property.Name} é 漢 \"<&>\\ {number}"
            : type == typeof(TextList) ? new TextList([$"one {number}", "two; é"])
            : type == typeof(int) ? 100 + number
            : type == typeof(long) ? long.MaxValue - number
            : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch.AddMilliseconds(1_600_000_000_001 + number)
            : throw new NotSupportedException($"{property.Name} is of a type that this test does not know.");
    }

    private static object? Show(object? value) => value is TextList list ? string.Join('\n', list) : value;
}
