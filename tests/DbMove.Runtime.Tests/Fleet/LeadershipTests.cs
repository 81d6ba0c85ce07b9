using DbMove.Fleet;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.Fleet;

/// <summary>What only the leader does runs while it leads: not before, and not a moment after its lease can have been taken over.</summary>
public sealed class LeadershipTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Work_runs_while_it_leads_and_begins_anew_each_time()
    {
        using Leadership leadership = new(_time);
        Work work = new(leadership);
        Assert.False(work.IsRunning);

        leadership.Lead(TimeSpan.FromSeconds(6));
        await work.BegunAsync(1);
        _time.Advance(TimeSpan.FromSeconds(5));
        leadership.Lead(TimeSpan.FromSeconds(6));
        _time.Advance(TimeSpan.FromSeconds(5.999));
        Assert.True(work.IsRunning, "it was confirmed in between");
        Assert.True(leadership.IsLeading);

        // Nobody confirms it: an authority out of reach, say.
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(leadership.IsLeading);
        await work.EndedAsync(1);

        leadership.Lead(Timeout.InfiniteTimeSpan);
        await work.BegunAsync(2);
        leadership.Resign();
        await work.EndedAsync(2);
        Assert.False(work.Task.IsCompleted, "it may come to lead again");
    }

    /// <summary>Nobody waited when the first term ran out: the work must find the second one, and not look at the first for ever.</summary>
    [Fact]
    public async Task A_term_that_ran_out_unseen_does_not_hide_the_next_one()
    {
        using Leadership leadership = new(_time);
        leadership.Lead(TimeSpan.FromSeconds(6));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(leadership.IsLeading);
        leadership.Lead(TimeSpan.FromSeconds(6));

        await Task.Run(() => leadership.WhileLeading(_ => Task.CompletedTask)(CancellationToken.None), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_end_of_the_process_ends_the_work_and_a_failure_goes_to_its_supervisor()
    {
        using Leadership leadership = new(_time);
        using CancellationTokenSource stop = new();
        Task waiting = leadership.WhileLeading(_ => Task.CompletedTask)(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        leadership.Lead(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<InvalidOperationException>(() => leadership.WhileLeading(_ => throw new InvalidOperationException())(TestContext.Current.CancellationToken));
    }

    private sealed class Work
    {
        private readonly SemaphoreSlim _begun = new(0), _ended = new(0);
        private int _runs, _ends;

        public Work(Leadership leadership) => Task = leadership.WhileLeading(RunAsync)(TestContext.Current.CancellationToken);

        public Task Task { get; }

        public bool IsRunning => Volatile.Read(ref _runs) > Volatile.Read(ref _ends);

        public async Task BegunAsync(int times)
        {
            Assert.True(await _begun.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal(times, _runs);
        }

        public async Task EndedAsync(int times)
        {
            Assert.True(await _ended.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal(times, _ends);
        }

        private async Task RunAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _runs);
            _begun.Release();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Interlocked.Increment(ref _ends);
                _ended.Release();
            }
        }
    }
}
