using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>The same where a switch has died: the new authority freezes while what was left of it is to be finished or undone.</summary>
public sealed class TheFollowerFreezesInARecoveryTests(PostgreSqlServer server)
{
    // Of the driver's own.
    private const string NoBound = ";Command Timeout=0;Pooling=false";

    /// <summary>Only tells an end from none; no test passes because something was fast.</summary>
    private static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The naive way: whoever resolves what a dead switch left waits for the frozen side, and writers wait for him.</summary>
    [Theory, InlineData("switch.prepared", false), InlineData("switch.prepared", true), InlineData("switch.committed", false), InlineData("switch.committed", true)]
    public async Task Frozen_while_what_a_dead_switch_left_is_resolved_it_holds_neither_operator_nor_writer(string died, bool isAskedAlready)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Target, NoBound);
        Migration next = await bank.StartAsync(Stage.SourceFirst, Impatient);
        Migration dead = await bank.StartAsync(Impatient);
        Crash.At(dead, died);
        await Assert.ThrowsAsync<Crash>(() => dead.SwitchAsync(Stage.TargetFirst, Bank.Forced));
        Task<Account>? waiting = null;
        next.Context.Probes.Handler = async (point, _) =>
        {
            if (point == "switch.resolving")
            {
                if (died == "switch.prepared")
                {
                    // Undone behind the source's fence: this one waits for it.
                    waiting = new AccountRepository(next).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
                    await bank.Source.WaitUntilBlockedAsync(waiting);
                }

                relay.Freeze();
            }
        };
        if (!isAskedAlready)
        {
            relay.Freeze();
        }

        // Undone, the stage is what it was, and known; finished, only the frozen side can tell that it is.
        Exception? failure = await Record.ExceptionAsync(() => next.SwitchAsync(Stage.TargetFirst, Bank.Forced).WaitAsync(Bound));
        Assert.IsType(died == "switch.prepared" ? typeof(DatabaseUnavailableException) : typeof(StageUnknownException), failure);

        if (waiting is not null)
        {
            await waiting.WaitAsync(Bound);
        }

        next.Context.Probes.Handler = null;
        relay.Thaw();
        await next.SwitchAsync(Stage.TargetFirst, Bank.Forced).WaitAsync(Bound);
        Assert.Equal(["dst_first|0"], await bank.Target.RowsAsync("SELECT stage, prepared FROM dbmove_migration"));
        await bank.AssertEqualAsync();
        Assert.Equal(waiting is null ? 0 : 1, await bank.Target.CountAsync("account"));
    }

    [Fact]
    public async Task The_way_out_is_open_while_it_is_frozen_and_a_dead_switch_is_not_resolved()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Target, NoBound);
        Migration next = await bank.StartAsync(Stage.SourceFirst, Impatient);
        Migration dead = await bank.StartAsync(Impatient);
        Crash.At(dead, "switch.prepared");
        await Assert.ThrowsAsync<Crash>(() => dead.SwitchAsync(Stage.TargetFirst, Bank.Forced));
        relay.Freeze();

        Assert.Equal(Stage.SourceOnly, (await next.SwitchAsync(Stage.SourceOnly, Bank.Forced).WaitAsync(Bound)).To);

        await new AccountRepository(next).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        Assert.Equal(1, await bank.Source.CountAsync("account"));
        relay.Thaw();
    }


    private static void Impatient(MigrationOptions options) => (options.FollowerTimeout, options.PauseBudget, options.LockTimeout) =
        (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20));
}
