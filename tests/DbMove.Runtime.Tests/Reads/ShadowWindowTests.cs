using DbMove.Reads;

namespace DbMove.Runtime.Tests.Reads;

public sealed class ShadowWindowTests
{
    [Fact]
    public void The_newest_reads_are_judged_and_good_ones_push_a_mismatch_out()
    {
        ShadowWindow window = new(3);
        window.Add(2, new(Sampled: 4, Matched: 2, Mismatched: 1));
        Assert.Equal((3, 1), Judged(window, 2));

        window.Add(2, new(Matched: 2));
        Assert.Equal((3, 1), Judged(window, 2));
        window.Add(2, new(Matched: 1, Undecided: 1));

        Assert.Equal(new ShadowFigures(4, 5, 1, 1, 0, 0, 3, 0), window.FiguresIn(2));
    }

    [Fact]
    public void Another_epoch_begins_anew_and_what_is_late_from_the_one_before_does_not_count()
    {
        ShadowWindow window = new(3);
        window.Add(2, new(Mismatched: 3));
        Assert.Equal(ShadowFigures.None, window.FiguresIn(3));

        window.Add(3, new(Matched: 1));
        window.Add(2, new(Mismatched: 1));

        Assert.Equal(new ShadowFigures(0, 1, 0, 0, 0, 0, 1, 0), window.FiguresIn(3));
    }

    [Fact]
    public void The_condition_of_the_gate_wants_a_number_of_reads_forward_and_a_low_rate_both_ways()
    {
        ShadowWindow window = new(4);
        ReadSettings settings = new() { Shadow = 1 };
        ShadowRate rate = new(new ReadOptions { MinimumShadowReads = 4, MaximumShadowMismatchRate = 0.25 }, settings, window);
        bool IsMet(Stage from, Stage to) => rate.Judge(new(7, from, 1, default), to, []).IsMet;

        Assert.False(IsMet(Stage.SourceFirst, Stage.TargetFirst));
        Assert.True(IsMet(Stage.TargetFirst, Stage.SourceFirst));
        window.Add(7, new(Mismatched: 1, Matched: 3));
        Assert.True(IsMet(Stage.SourceFirst, Stage.TargetFirst));
        window.Add(7, new(Mismatched: 1));
        Assert.False(IsMet(Stage.SourceFirst, Stage.TargetFirst));
        Assert.False(IsMet(Stage.TargetFirst, Stage.SourceFirst));
        window.Add(7, new(Matched: 3));
        Assert.True(IsMet(Stage.SourceFirst, Stage.TargetFirst));
        window.Add(7, new(Mismatched: 4));
        settings.Shadow = 0;
        Assert.True(IsMet(Stage.SourceFirst, Stage.TargetFirst));
    }

    private static (int Reads, int Mismatches) Judged(ShadowWindow window, long epoch) => (window.FiguresIn(epoch).JudgedReads, window.FiguresIn(epoch).JudgedMismatches);
}
