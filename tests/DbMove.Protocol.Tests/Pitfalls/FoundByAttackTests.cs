using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Pitfalls;

/// <summary>P42, P43, P45, P47: what attacks on the protocol found. P41 is in <see cref="Promises.NothingIsLostTests"/>, P44 in <see cref="Promises.OneAuthorityTests"/>.</summary>
public sealed class FoundByAttackTests(PostgreSqlServer server)
{
    /// <summary>
    /// The naive way: the follower is committed first, or the authority's session is not asked again. Its lock on the row ended
    /// with the session, a newer write went through, and the repairer writes what it read before.
    /// </summary>
    [Theory, InlineData("repair.authority_read"), InlineData("repair.examined"), InlineData("repair.applied")]
    public async Task P42_A_repairer_that_froze_and_lost_its_session_writes_no_older_row(string point)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration frozen = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync(options => options.FollowerTimeout = TimeSpan.FromMilliseconds(500));
        Account stored = await new AccountRepository(frozen).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await Bank.SettleAsync(frozen);
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 99");
        Hold hold = Hold.At(frozen, point);

        Task<RepairReport> repair = new AccountFixer(frozen).RepairAsync([stored.Id]);
        await hold.Reached;
        await bank.Source.EndSessionsAsync("state = 'idle in transaction'");
        await new AccountRepository(other).UpdateAsync(stored with { Balance = 2 });
        await other.Clearer.FlushAsync(default);
        hold.Release();

        Assert.NotNull(await Record.ExceptionAsync(() => repair));
        await Bank.SettleAsync(other);
        Assert.Equal([$"{stored.Id}|Ada|null|2"], await bank.AccountsAsync(Side.Target));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    /// <summary>The naive way: the worker writes the range that it read, whoever has it by now, and deleted rows are back after the validation.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P43_A_worker_whose_range_was_taken_over_and_validated_brings_nothing_back(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
        Migration sleeper = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync(options => options.Validation.SuspectDelay = TimeSpan.Zero);
        Hold hold = Hold.At(sleeper, "backfill.range_read");
        await sleeper.Backfill.StartAsync();
        await hold.Reached;
        await bank.Target.ExecuteAsync("UPDATE dbmove_progress SET claimed_until = 0");

        await other.Backfill.StartAsync();
        Assert.Equal(BackfillState.Completed, (await other.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);
        await new AccountRepository(other).DeleteAsync(2);
        await Bank.SettleAsync(other);
        Assert.True((await Outbox.ValidateAsync(other)).IsClean);
        hold.Release();
        await sleeper.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["1|a|null|1", "3|c|null|3"], await bank.AccountsAsync(Side.Target));
    }

    /// <summary>The naive way: the fence and the claim are looked at before the range is written, and the switch comes in between.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P43_A_worker_that_slept_through_a_switch_brings_nothing_back(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1)");
        Migration sleeper = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        Hold hold = Hold.At(sleeper, "backfill.range_read");
        await sleeper.Backfill.StartAsync();
        await hold.Reached;

        await other.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        hold.Release();
        BackfillReport late = await sleeper.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(BackfillState.Failed, late.State);
        Assert.Equal(0, await bank.Target.CountAsync("account"));
    }

    /// <summary>The naive way: a row that names its own side decides, prepared or not, and a new process follows the switch that never happened.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P44_A_switch_back_that_died_after_prepared_decides_nothing(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.TargetFirst);
        Crash.At(migration, "switch.prepared");
        await Assert.ThrowsAsync<Crash>(() => migration.SwitchAsync(Stage.SourceFirst, Bank.Forced));
        Assert.Equal(["src_first|1"], await bank.Source.RowsAsync("SELECT stage, prepared FROM dbmove_migration"));

        Migration other = await bank.StartAsync();
        Assert.Equal(Stage.TargetFirst, other.Stage);
        await new AccountRepository(other).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Bob", Balance = 2 });

        Assert.Equal(2, await bank.Target.CountAsync("account"));
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: intents are cleared "up to here" or by key, and with them the one that another write left behind.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task P45_A_late_clear_removes_no_other_writes_intent(bool sameKey)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        Account stored = await new AccountRepository(other).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await Bank.SettleAsync(other);
        Crash.At(migration, "write.authority_committed");

        // Left behind: an older intent of another key, or one of the same key.
        if (sameKey)
        {
            await new AccountRepository(other).UpdateAsync(stored with { Balance = 2 });
            await Assert.ThrowsAsync<Crash>(() => new AccountRepository(migration).UpdateAsync(stored with { Balance = 3 }));
        }
        else
        {
            await Assert.ThrowsAsync<Crash>(() => new AccountRepository(migration).InsertAsync(new Account { Owner = "Bob", Balance = 3 }));
            await new AccountRepository(other).UpdateAsync(stored with { Balance = 2 });
        }

        await other.Clearer.FlushAsync(default);

        Assert.Equal(1, await bank.OpenIntentsAsync(Side.Source));
        await Bank.SettleAsync(other);
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: the repair finds the committed values equal, clears the intent, and then the older image that was pending commits.</summary>
    [Theory, MemberData(nameof(Engines.PostgreSqlTarget), MemberType = typeof(Engines))]
    public async Task P47_A_repair_judges_only_when_no_older_image_is_pending_on_the_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration first = await bank.StartAsync(Stage.SourceFirst);
        Migration second = await bank.StartAsync(options => options.FollowerTimeout = TimeSpan.FromMilliseconds(300));
        Migration third = await bank.StartAsync(options => options.FollowerTimeout = TimeSpan.FromSeconds(30));
        Account stored = await new AccountRepository(first).InsertAsync(new Account { Owner = "Ada", Balance = 2 });
        Hold hold = Hold.At(first, "write.authority_committed");

        // Balance 1 is committed on the source and pending on the target, where 2 is what everybody sees; then 2 again.
        Task<Account?> pending = new AccountRepository(first).UpdateAsync(stored with { Balance = 1 });
        await hold.Reached;
        await new AccountRepository(second).UpdateAsync(stored with { Balance = 2 });
        Task<RepairReport> repair = new AccountFixer(third).RepairAsync([stored.Id]);
        await bank.Target.WaitUntilBlockedAsync(repair);
        Assert.False(repair.IsCompleted);
        hold.Release();
        await pending;

        Assert.Equal(1, (await repair).Repaired);
        Assert.Equal([$"{stored.Id}|Ada|null|2"], await bank.AccountsAsync(Side.Target));
        await Bank.SettleAsync(first);
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }
}
