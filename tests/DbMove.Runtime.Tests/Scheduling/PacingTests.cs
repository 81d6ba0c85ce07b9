using DbMove.Backfill;
using DbMove.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.Scheduling;

public sealed class PacingTests
{
    [Fact]
    public async Task The_pacer_waits_until_what_was_read_is_paid()
    {
        FakeTimeProvider time = new();
        RowPacer pacer = new(100, time);
        pacer.Spend(50);
        Task wait = pacer.WaitAsync(default).AsTask();

        time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(wait.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        await wait.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(100, pacer.Bound(10_000));
        Assert.Equal(10_000, new RowPacer(null, time).Bound(10_000));
    }

    [Fact]
    public void A_chunk_follows_its_duration_and_stays_in_bounds()
    {
        ChunkSize size = new(new BackfillOptions { InitialChunk = 100, MaximumChunk = 1000, ChunkDuration = TimeSpan.FromMilliseconds(100) });

        size.Learn(100, TimeSpan.FromMilliseconds(10));
        Assert.Equal(200, size.Rows);
        size.Learn(10, TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, size.Rows);
        size.Learn(200, TimeSpan.FromSeconds(9));
        Assert.Equal(100, size.Rows);
        for (int round = 0; round < 10; round++)
        {
            size.Learn(size.Rows, TimeSpan.Zero);
        }

        Assert.Equal(1000, size.Rows);
        size.Shrink();
        Assert.Equal(500, size.Rows);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(20, 30)]
    public void Retries_come_slower_and_never_slower_than_the_bound(int failures, double least)
    {
        TimeSpan delay = RetryDelay.After(failures, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), random: 0);

        Assert.Equal(TimeSpan.FromSeconds(least), delay);
        Assert.Equal(2 * delay, RetryDelay.After(failures, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), random: 1));
    }

    [Fact]
    public async Task Workers_end_with_the_first_that_fails_and_with_its_exception()
    {
        int workers = 0;

        await Assert.ThrowsAsync<FormatException>(() => WorkerGroup.RunAsync(
            3,
            token => Interlocked.Increment(ref workers) == 2 ? throw new FormatException() : Task.Delay(Timeout.Infinite, token),
            TestContext.Current.CancellationToken));
    }
}
