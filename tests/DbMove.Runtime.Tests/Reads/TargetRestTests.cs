using DbMove.Reads;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.Reads;

public sealed class TargetRestTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void After_a_failure_one_read_at_a_time_tries_again_and_ever_later()
    {
        TargetRest rest = new(_time);
        Assert.True(rest.TryEnter());
        Assert.True(rest.Leave(isGood: false));
        foreach (int seconds in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            Assert.False(rest.TryEnter());
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(rest.TryEnter());
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(rest.TryEnter());
            Assert.False(rest.TryEnter());
            Assert.False(rest.Leave(isGood: false));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(rest.TryEnter());
        Assert.True(rest.Leave(isGood: true));
        Assert.True(rest.TryEnter());
        Assert.True(rest.TryEnter());
        Assert.False(rest.IsFailing);
    }

    [Fact]
    public void A_reader_that_gives_up_leaves_the_trial_to_the_next()
    {
        TargetRest rest = new(_time);
        rest.Leave(isGood: false);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(rest.TryEnter());

        Assert.False(rest.Leave(isGood: null));

        Assert.True(rest.IsFailing);
        Assert.True(rest.TryEnter());
    }
}
