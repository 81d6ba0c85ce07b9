using DbMove.BackfillProcess;
using DbMove.Dialects;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.BadInput;

/// <summary>
/// Every session of DbMove on one side is ended by the server (<c>pg_terminate_backend</c>) at one step. SQLite has no
/// connection that could be lost.
/// </summary>
public sealed class LostConnectionTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("write.authority_written", Side.Source)]
    [InlineData("write.authority_written", Side.Target)]
    [InlineData("write.follower_applied", Side.Source)]
    [InlineData("write.follower_applied", Side.Target)]
    [InlineData("write.authority_committed", Side.Source)]
    [InlineData("write.authority_committed", Side.Target)]
    public async Task P08_P19_A_write_that_loses_a_connection_fails_whole_or_succeeds_and_converges(string step, Side side)
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(Engine.PostgreSql, server);
        await using Migration migration = databases.Build();
        await migration.StartDualAsync();
        await migration.BackfillAsync();
        ItemRepository items = new(migration);
        Cut cut = new(migration, databases, step, side);

        bool? isWritten = true;
        try
        {
            await items.UpdateAsync(new Item { Id = 7, Name = "written", Amount = 77 }, cancellationToken: Token);
        }
        catch (DbMoveException failed) when (failed is WriteFailedException or DatabaseUnavailableException)
        {
            isWritten = false;
        }
        catch (CommitOutcomeUnknownException)
        {
            isWritten = null;
        }

        Assert.True(cut.Ended > 0, "No session was ended.");

        // No validation, which would mend what was lost: the intent alone brings the follower after the authority.
        await SettleAsync(migration, databases);
        string name = (await databases.AssertEqualAsync())[6][1];
        Assert.Contains(name, isWritten switch { true => ["written"], false => ["item 7"], null => (string[])["written", "item 7"] });

        // Only the authority's loss before its commit point may reach the caller: a follower's never does.
        if (side == Side.Target || step == "write.authority_committed")
        {
            Assert.True(isWritten);
        }
    }

    [Theory]
    [InlineData("repair.examined", Side.Source)]
    [InlineData("repair.examined", Side.Target)]
    [InlineData("repair.authority_committed", Side.Source)]
    [InlineData("repair.authority_committed", Side.Target)]
    [InlineData("backfill.range_read", Side.Source)]
    [InlineData("backfill.range_read", Side.Target)]
    [InlineData("backfill.before_commit", Side.Source)]
    [InlineData("backfill.before_commit", Side.Target)]
    public async Task A_repair_or_backfill_that_loses_a_connection_goes_on_by_itself(string step, Side side)
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(Engine.PostgreSql, server, rows: 3_000);
        await using Migration migration = databases.Build();
        await migration.StartDualAsync();
        Cut cut = new(migration, databases, step, side);

        await migration.BackfillAsync();

        // A row damaged behind DbMove's back, for the repair.
        await databases.Target.RunAsync("UPDATE item SET name = 'damaged' WHERE id = 3");
        await WriteAsync(migration, new Item { Id = 8, Name = "written", Amount = 8 });
        await migration.ValidateUntilCleanAsync();
        await SettleAsync(migration, databases);

        Assert.True(cut.Ended > 0, "No session was ended.");
        List<string[]> rows = await databases.AssertEqualAsync();
        Assert.Equal((3_000, "item 3", "written"), (rows.Count, rows[2][1], rows[7][1]));
    }

    [Theory]
    [InlineData("switch.fenced", Side.Source)]
    [InlineData("switch.fenced", Side.Target)]
    [InlineData("switch.prepared", Side.Source)]
    [InlineData("switch.prepared", Side.Target)]
    [InlineData("switch.committed", Side.Source)]
    [InlineData("switch.committed", Side.Target)]
    public async Task P44_A_switch_that_loses_a_connection_is_finished_or_undone(string step, Side side)
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(Engine.PostgreSql, server);
        await using Migration migration = databases.Build();
        await migration.StartDualAsync();
        await migration.BackfillAsync();
        await migration.ValidateUntilCleanAsync();
        long epoch = migration.Epoch;
        Cut cut = new(migration, databases, step, side);
        try
        {
            await migration.SwitchAsync(Stage.TargetFirst, cancellationToken: Token);
        }
        catch (DbMoveException failed) when (failed is SwitchAbandonedException or DatabaseUnavailableException or StageUnknownException)
        {
            // Before the commit point it is undone, and the operator asks again.
        }

        Assert.True(cut.Ended > 0, "No session was ended.");
        await migration.PromoteAsync(Stage.TargetFirst);
        Assert.True(migration.Epoch > epoch);
        await WriteAsync(migration, new Item { Id = 9, Name = "after" });
        await migration.ValidateUntilCleanAsync();

        Assert.Equal("after", (await databases.AssertEqualAsync())[8][1]);
        foreach (PlainDatabase database in (PlainDatabase[])[databases.Source, databases.Target])
        {
            Assert.Equal([["dst_first", "0"]], await database.RowsAsync("SELECT stage, prepared FROM dbmove_migration"));
        }
    }

    /// <summary>Everything works again, and what was left open is settled without anyone's help.</summary>
    private static async Task SettleAsync(Migration migration, ItemDatabases databases)
    {
        await WriteAsync(migration, new Item { Id = 10, Name = "item 10", Amount = 3 });
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await databases.Source.NumberAsync("SELECT count(*) FROM dbmove_intent") > 0)
        {
            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>Writes, again while it finds connections in the pool that were ended: nothing is committed by those.</summary>
    private static async Task WriteAsync(Migration migration, Item item)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                await new ItemRepository(migration).UpsertAsync(item, cancellationToken: Token);
                return;
            }
            catch (DbMoveException failed) when (!patience.IsCancellationRequested && failed is WriteFailedException { Kind: FailureKind.Availability } or DatabaseUnavailableException)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Ends the sessions of one side the first time a step is reached.</summary>
    private sealed class Cut
    {
        private int _done;

        public Cut(Migration migration, ItemDatabases databases, string step, Side side)
        {
            PlainPostgreSql database = (PlainPostgreSql)(side == Side.Source ? databases.Source : databases.Target);
            migration.Context.Probes.Handler = async (point, _) =>
            {
                if (point == step && Interlocked.Exchange(ref _done, 1) == 0)
                {
                    Ended = await database.EndSessionsAsync();
                }
            };
        }

        /// <summary>Sessions that were ended.</summary>
        public long Ended { get; private set; }
    }
}
