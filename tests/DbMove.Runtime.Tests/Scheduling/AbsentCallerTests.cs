using DbMove.Runtime.Tests.Setup;

namespace DbMove.Runtime.Tests.Scheduling;

/// <summary>A caller who leaves after the commit point: the switch has happened, and everything says so.</summary>
public sealed class AbsentCallerTests
{
    [Theory]
    [InlineData(Stage.Initial, Stage.SourceOnly, Side.Source)]
    [InlineData(Stage.SourceOnly, Stage.SourceFirst, Side.Source)]
    [InlineData(Stage.SourceFirst, Stage.TargetFirst, Side.Source)]
    [InlineData(Stage.TargetFirst, Stage.SourceFirst, Side.Target)]
    [InlineData(Stage.TargetOnly, Stage.Completed, Side.Target)]
    public async Task Who_leaves_after_the_commit_point_leaves_a_switch_that_is_logged_and_measured(Stage from, Stage to, Side audited)
    {
        using LogWitness switched = new(eventId: 1600, containing: $"from {from.ToWireName()} to {to.ToWireName()},");
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(from, loggers: switched);
        using CancellationTokenSource leaving = new();
        Hold committed = Hold.At(migration, "switch.committed");
        Task<SwitchResult> left = migration.SwitchAsync(to, Shop.Forced, leaving.Token);
        await committed.Reached;

        await leaving.CancelAsync();
        committed.Release();

        SwitchResult result = await left;
        Assert.Equal((true, from, to), (result.Changed, result.From, result.To));
        Assert.Equal((to, result.Epoch), (migration.Stage, migration.Epoch));
        Assert.Equal(result.WritePause, migration.Totals.LastSwitchPause);
        Assert.Contains($"epoch {result.Epoch};", await switched.Seen, StringComparison.Ordinal);
        Assert.Equal($"{from.ToWireName()}|{to.ToWireName()}|{result.Epoch}", shop.Rows(audited, "SELECT from_stage, to_stage, epoch FROM dbmove_audit ORDER BY id DESC LIMIT 1")[0]);
    }
}
