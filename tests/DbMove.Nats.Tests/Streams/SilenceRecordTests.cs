using DbMove.Nats.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Nats.Tests.Streams;

/// <summary>When a consumer is dead, in figures.</summary>
public sealed class SilenceRecordTests
{
    private static readonly ConsumerFigures s_still = new(DateTimeOffset.UnixEpoch, Delivered: 7, AckFloor: 5, Unacknowledged: 2, Waiting: 0);
    private readonly FakeTimeProvider _time = new();
    private readonly SilenceRecord _record;

    public SilenceRecordTests() => _record = new SilenceRecord(_time);

    [Fact]
    public void It_is_dead_when_nothing_moved_for_15_s_of_looks()
    {
        Assert.False(_record.Silence());
        Assert.Equal([false, false, false, true], Looks(4, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Any_number_of_pulls_that_one_hiccup_met_are_no_proof()
    {
        Assert.All(Enumerable.Range(0, 6).Select(_ => _record.Silence()), Assert.False);
        Assert.Equal([false, false, false, false], Looks(4, TimeSpan.Zero));
        Assert.True(_record.IsSilent);
        _record.Answer();
        Assert.False(_record.IsSilent);
        Assert.False(_record.IsDead(s_still));
    }

    [Fact]
    public void Silence_that_goes_on_has_the_connection_made_again_once()
    {
        Assert.False(_record.Silence());
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(_ => _record.Silence()));
        _record.Answer();
        Assert.False(_record.Silence());
    }

    [Fact]
    public void A_process_that_stood_still_has_proved_nothing_meanwhile()
    {
        _record.Silence();
        Assert.Equal([false, false], Looks(2, TimeSpan.FromSeconds(4)));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal([false, false, false], Looks(3, TimeSpan.FromSeconds(5)));
        Assert.True(_record.IsDead(s_still));
    }

    [Fact]
    public void An_answer_to_any_pull_begins_the_proof_anew()
    {
        _record.Silence();
        Assert.Equal([false, false, false], Looks(3, TimeSpan.FromSeconds(5)));
        _record.Answer();
        _record.Silence();
        Assert.Equal([false, false, false, true], Looks(4, TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("created")]
    [InlineData("delivered")]
    [InlineData("acknowledged")]
    [InlineData("open")]
    [InlineData("waiting")]
    public void A_consumer_that_moves_or_holds_a_pull_lives(string what)
    {
        _record.Silence();
        Looks(3, TimeSpan.FromSeconds(5));
        ConsumerFigures moved = what switch
        {
            "created" => s_still with { Created = s_still.Created.AddSeconds(1) },
            "delivered" => s_still with { Delivered = 8 },
            "acknowledged" => s_still with { AckFloor = 6 },
            "open" => s_still with { Unacknowledged = 1 },
            _ => s_still with { Waiting = 1 },
        };
        Assert.False(_record.IsDead(moved));
        Assert.False(_record.IsDead(s_still));
    }

    [Fact]
    public void It_is_not_replaced_twice_within_a_minute()
    {
        _record.Silence();
        bool[] looks = Looks(40, TimeSpan.FromSeconds(5));
        int[] deaths = [.. looks.Select((dead, index) => dead ? index : -1).Where(index => index >= 0)];
        Assert.Equal([3, 15, 27, 39], deaths);
    }

    private bool[] Looks(int count, TimeSpan apart) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            bool dead = _record.IsDead(s_still);
            _time.Advance(apart);
            return dead;
        }),
    ];
}
