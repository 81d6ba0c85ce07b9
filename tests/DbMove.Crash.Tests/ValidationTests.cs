using DbMove.Crash.Tests.Setup;
using DbMove.Events;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Events;
using DbMove.Tests.Servers;

namespace DbMove.Crash.Tests;

/// <summary>A process is killed while it compares, or while what it found is on its way to the repair.</summary>
public sealed class ValidationTests(PostgreSqlServer server, CrashMatrix matrix)
{
    [Theory, MemberData(nameof(Cells.InValidations), MemberType = typeof(Cells))]
    public async Task A_validation_that_died_counts_for_nothing_and_the_next_one_finds_everything(Stage stage, string point)
    {
        await using Cell cell = await matrix.OpenAsync(server, Engine.PostgreSql, stage);
        await DamageAsync(cell, stage.Follower());
        await cell.KillAsync(Operations.Validate, string.Empty, point);
        await cell.AssertBooksAsync();

        Migration next = await cell.StartAsync();
        Assert.False((await next.CheckGateAsync(stage == Stage.SourceFirst ? Stage.TargetFirst : Stage.SourceFirst)).IsOpen);
        Assert.Equal(4, (await Operations.ValidateAsync(next)).Differences);
        await AssertRepairedAsync(cell, next);
    }

    [Theory, MemberData(nameof(Cells.InEvents), MemberType = typeof(Cells))]
    public async Task No_finding_is_lost_on_its_way_to_the_repair(string operation, string point)
    {
        await using Cell cell = await matrix.OpenAsync(server, Engine.PostgreSql, Stage.SourceFirst);
        await DamageAsync(cell, Side.Target);
        await cell.KillAsync(operation, string.Empty, point);
        await cell.AssertBooksAsync();

        // The broker lived in the process: whatever it had is lost with it.
        FakeBroker broker = new(TimeProvider.System);
        Migration next = await cell.StartAsync(options => options.Events.Broker = operation == Operations.Events ? null : broker.Connect);
        if (point == Telemetry.ProbePoint.EventsStored)
        {
            // It died after the first of three findings. What it has not told of, the next pass finds.
            await Operations.ValidateAsync(next);
        }

        await AssertRepairedAsync(cell, next);
    }

    /// <summary>On the follower, behind everyone's back: one row is missing, two differ, and one is too many.</summary>
    private static Task DamageAsync(Cell cell, Side side)
    {
        string balance = side == Side.Source ? "balance" : "amount";
        return cell.On(side).ExecuteAsync(
            $"""
            DELETE FROM account WHERE owner = 'dan';
            UPDATE account SET {balance} = {balance} + 1 WHERE owner IN ('eve', 'fay');
            INSERT INTO account (id, owner, {balance}) VALUES (99, 'gus', 99);
            """);
    }

    /// <summary>Every event that is stored is repaired by itself, and then a pass is clean.</summary>
    private static async Task AssertRepairedAsync(Cell cell, Migration migration)
    {
        bool worked = true;
        while (worked)
        {
            // Claims and leases of the dead run out; here at once.
            await cell.Target.ExecuteAsync("UPDATE dbmove_event SET visible_at = 0");
            if (migration.Events is BrokeredEventChannel { Relay: var relay })
            {
                await relay.FindLostAsync(TimeSpan.Zero, default);
                await relay.RunOnceAsync(default);
            }

            worked = await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default);
        }

        Assert.Equal(0, await cell.Target.CountAsync("dbmove_event"));
        await Cell.SettleAsync(migration);
        await cell.AssertEqualAsync();
        await cell.WriteOnAsync(migration);
        await migration.Validation.VerifyPendingAsync();
        Assert.True((await Operations.ValidateAsync(migration)).IsClean);
    }
}
