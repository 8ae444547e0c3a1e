using IocEnrich.Engine.Orchestration;

namespace IocEnrich.Engine.Tests.Orchestration;

public sealed class ResultBufferTests
{
    private readonly ResultBuffer _buffer = new();

    [Fact]
    public void Each_result_is_taken_once_in_the_order_of_their_arrival_also_over_many()
    {
        for (int number = 0; number < 10_000; number++)
        {
            _buffer.TryAdd(Result(number));
            if (number % 3 == 0)
            {
                Assert.True(_buffer.TryTake(out EnrichmentResult? taken));
                Assert.Equal(JobTesting.Domain(number / 3), taken.Indicator);
            }
        }

        Assert.Equal(10_000 - 3_334, _buffer.Count);
        Assert.Equal(JobTesting.Domain(3_334), Take());
    }

    [Fact]
    public void A_reader_that_keeps_sees_every_result_and_takes_none()
    {
        Add(0, 1, 2);
        long cursor = 0;

        Assert.Equal([JobTesting.Domain(0), JobTesting.Domain(1), JobTesting.Domain(2)], PeekAll(ref cursor));
        Add(3);
        Assert.Equal([JobTesting.Domain(3)], PeekAll(ref cursor));
        Assert.Equal(4, _buffer.Count);
    }

    [Fact]
    public void A_reader_that_keeps_passes_over_what_others_have_taken()
    {
        Add(0, 1, 2, 3);
        long cursor = 0;
        Assert.True(_buffer.TryPeek(ref cursor, out _));
        Take();
        Take();
        Take();

        Assert.Equal([JobTesting.Domain(3)], PeekAll(ref cursor));
    }

    [Fact]
    public void What_is_put_back_comes_first_again()
    {
        Add(0, 1, 2);
        Assert.True(_buffer.TryTake(out EnrichmentResult? first));
        Assert.True(_buffer.TryTake(out EnrichmentResult? second));

        _buffer.PutBack([first, second]);

        Assert.Equal(JobTesting.Domain(0), Take());
        Assert.Equal(JobTesting.Domain(1), Take());
        Assert.Equal(JobTesting.Domain(2), Take());
    }

    [Fact]
    public async Task Waiting_ends_when_a_result_arrives_and_when_none_will_come()
    {
        Task wait = _buffer.WaitAsync(0, CancellationToken.None);
        Assert.False(wait.IsCompleted);
        Add(0);
        await wait.WaitAsync(JobTesting.Limit);
        await _buffer.WaitAsync(0, CancellationToken.None).WaitAsync(JobTesting.Limit);

        Task next = _buffer.WaitAsync(1, CancellationToken.None);
        Assert.False(next.IsCompleted);
        _buffer.Complete();
        await next.WaitAsync(JobTesting.Limit);
        Assert.False(_buffer.TryAdd(Result(1)));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using CancellationTokenSource stop = new();
        Task wait = _buffer.WaitAsync(0, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private static EnrichmentResult Result(int number) =>
        new() { Indicator = JobTesting.Domain(number), Type = IndicatorType.Domain, Status = EnrichmentStatus.Found };

    private void Add(params int[] numbers) => Assert.All(numbers, number => Assert.True(_buffer.TryAdd(Result(number))));

    private string Take()
    {
        Assert.True(_buffer.TryTake(out EnrichmentResult? result));
        return result.Indicator;
    }

    private List<string> PeekAll(ref long cursor)
    {
        List<string> seen = [];
        while (_buffer.TryPeek(ref cursor, out EnrichmentResult? result))
        {
            seen.Add(result.Indicator);
        }

        return seen;
    }
}
