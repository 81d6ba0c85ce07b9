using DbMove.Pool;

namespace DbMove.Runtime.Tests.Pool;

public sealed class FollowerBreakerTests
{
    [Fact]
    public async Task Failures_in_a_row_open_it_and_a_probe_that_is_answered_closes_it()
    {
        await using BreakerRun run = new();
        await run.FailAsync(2);
        Assert.True(run.Breaker.IsClosed);

        await run.FailAsync();
        Assert.Equal((BreakerState.Open, 2, BreakerRun.Away), (run.Breaker.State, run.Metric, run.Breaker.Why));

        await run.BeginProbeAsync();
        Assert.Equal((BreakerState.HalfOpen, false, 1), (run.Breaker.State, run.Breaker.IsClosed, run.Metric));
        await run.EndProbeAsync(null);

        Assert.Equal((BreakerState.Closed, 0, 1), (run.Breaker.State, run.Metric, run.Closings));
    }

    [Fact]
    public async Task An_answer_begins_the_row_anew()
    {
        await using BreakerRun run = new();
        for (int round = 0; round < 4; round++)
        {
            await run.FailAsync(2);
            await run.AnswerAsync(8);
        }

        Assert.True(run.Breaker.IsClosed);
    }

    [Fact]
    public async Task One_wait_in_vain_opens_it_when_nobody_was_answered_meanwhile()
    {
        await using BreakerRun run = new();
        await run.AnswerAsync(1000);
        await run.WaitInVainAsync();

        Assert.Equal(BreakerState.Open, run.Breaker.State);
    }

    [Fact]
    public async Task One_wait_in_vain_is_one_failure_when_another_write_was_answered_meanwhile()
    {
        await using BreakerRun run = new();
        long since = run.Time.GetTimestamp();
        run.Time.Advance(TimeSpan.FromSeconds(1));
        await run.AnswerAsync();
        run.Time.Advance(run.Options.FollowerTimeout);
        await run.Breaker.FailedAsync(BreakerRun.Away, since, []);

        Assert.True(run.Breaker.IsClosed);
    }

    [Fact]
    public async Task In_strict_mode_one_wait_in_vain_is_one_failure()
    {
        await using BreakerRun run = new(options => options.FollowerFailure = FollowerFailure.FailWrite);
        await run.WaitInVainAsync();

        Assert.True(run.Breaker.IsClosed);
    }

    [Fact]
    public async Task A_share_of_failures_opens_it_though_never_two_come_in_a_row()
    {
        await using BreakerRun run = new();
        for (int round = 0; round < 5; round++)
        {
            Assert.True(run.Breaker.IsClosed);
            await run.AnswerAsync();
            await run.FailAsync();
        }

        Assert.Equal(BreakerState.Open, run.Breaker.State);
    }

    [Fact]
    public async Task What_is_older_than_the_sampling_duration_does_not_count_in_the_share()
    {
        await using BreakerRun run = new();
        for (int round = 0; round < 4; round++)
        {
            await run.AnswerAsync();
            await run.FailAsync();
        }

        run.Time.Advance(run.Options.Breaker.SamplingDuration + TimeSpan.FromSeconds(2));
        await run.AnswerAsync();
        await run.FailAsync();

        Assert.True(run.Breaker.IsClosed);
    }

    [Fact]
    public async Task Where_a_write_may_wait_for_longer_than_the_sampling_its_failure_still_meets_the_next()
    {
        await using BreakerRun run = new(options =>
        {
            options.FollowerTimeout = TimeSpan.FromMinutes(1);
            options.FollowerFailure = FollowerFailure.FailWrite;
            options.Breaker.FailuresInARow = 1000;
            options.Breaker.MinimumThroughput = 2;
        });
        await run.WaitInVainAsync();
        await run.WaitInVainAsync();

        Assert.Equal(BreakerState.Open, run.Breaker.State);
    }

    [Fact]
    public async Task While_it_is_open_there_is_one_probe_at_a_time_and_a_break_before_each()
    {
        await using BreakerRun run = new();
        await run.FailAsync(3);
        run.Time.Advance(run.Options.Breaker.BreakDuration - TimeSpan.FromMilliseconds(1));
        Assert.Equal((BreakerState.Open, 0), (run.Breaker.State, run.Probes));

        run.Time.Advance(TimeSpan.FromMilliseconds(1));
        await run.BeginProbeAsync();
        run.Time.Advance(run.Options.Breaker.BreakDuration * 10);
        await run.FailAsync(10);
        Assert.Equal((BreakerState.HalfOpen, 1), (run.Breaker.State, run.Probes));

        TimeoutException second = new("still away");
        await run.EndProbeAsync(second);
        Assert.Equal((BreakerState.Open, 1), (run.Breaker.State, run.Probes));
        await run.BeginProbeAsync();
        Assert.Equal((2, 0, second), (run.Probes, run.Closings, run.Breaker.Why));
    }

    [Fact]
    public async Task Once_closed_it_counts_from_nothing()
    {
        await using BreakerRun run = new();
        await run.FailAsync(3);
        await run.BeginProbeAsync();
        await run.EndProbeAsync(null);

        await run.FailAsync(2);
        Assert.True(run.Breaker.IsClosed);
        await run.FailAsync();
        Assert.Equal(BreakerState.Open, run.Breaker.State);
    }

    [Fact]
    public async Task A_reset_ends_the_probes_and_closes_it()
    {
        await using BreakerRun run = new();
        await run.FailAsync(3);
        await run.BeginProbeAsync();

        await run.Breaker.ResetAsync();
        run.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((true, 1, 0), (run.Breaker.IsClosed, run.Probes, run.Closings));
    }
}
