using DbMove.Pool;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.Pool;

public sealed class FollowerLaneTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Who_finds_no_place_waits_for_a_while_and_those_after_it_not_at_all()
    {
        FakeTimeProvider time = new();
        FollowerLane lane = new(1, s_patience, isStubborn: false, time);
        Assert.True(await lane.EnterAsync(default));

        Task<bool> first = lane.EnterAsync(default).AsTask();
        Assert.False(first.IsCompleted);
        time.Advance(s_patience);
        Assert.False(await first);
        ValueTask<bool> second = lane.EnterAsync(default);

        Assert.True(second.IsCompleted);
        Assert.False(await second);
    }

    [Fact]
    public async Task Once_one_was_answered_others_wait_for_their_turn_again()
    {
        FakeTimeProvider time = new();
        FollowerLane lane = new(1, s_patience, isStubborn: false, time);
        await lane.EnterAsync(default);
        Task<bool> vain = lane.EnterAsync(default).AsTask();
        time.Advance(s_patience);
        Assert.False(await vain);
        lane.Leave(isAnswered: true);
        Assert.True(await lane.EnterAsync(default));

        Task<bool> next = lane.EnterAsync(default).AsTask();
        Assert.False(next.IsCompleted);
        lane.Leave(isAnswered: true);

        Assert.True(await next);
    }

    [Fact]
    public async Task A_place_that_is_given_back_without_an_answer_can_be_taken()
    {
        FakeTimeProvider time = new();
        FollowerLane lane = new(1, s_patience, isStubborn: false, time);
        await lane.EnterAsync(default);
        Task<bool> vain = lane.EnterAsync(default).AsTask();
        time.Advance(s_patience);
        await vain;
        lane.Leave(isAnswered: false);

        Assert.True(await lane.EnterAsync(default));
        Assert.False(await lane.EnterAsync(default));
    }

    [Fact]
    public async Task In_strict_mode_each_waits_for_all_of_its_time()
    {
        FakeTimeProvider time = new();
        FollowerLane lane = new(1, s_patience, isStubborn: true, time);
        await lane.EnterAsync(default);
        for (int writer = 0; writer < 2; writer++)
        {
            Task<bool> waiting = lane.EnterAsync(default).AsTask();
            Assert.False(waiting.IsCompleted);
            time.Advance(s_patience);
            Assert.False(await waiting);
        }
    }

    [Fact]
    public async Task A_cancelled_wait_takes_no_place()
    {
        FollowerLane lane = new(1, s_patience, isStubborn: false, new FakeTimeProvider());
        await lane.EnterAsync(default);
        using CancellationTokenSource caller = new();
        Task<bool> waiting = lane.EnterAsync(caller.Token).AsTask();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        lane.Leave(isAnswered: true);
        Assert.True(await lane.EnterAsync(default));
    }
}
