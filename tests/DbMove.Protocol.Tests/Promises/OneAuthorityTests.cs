using System.Data;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Promise 4: at most one side is the authority; a process that slept through a switch cannot commit under the old stage.</summary>
public sealed class OneAuthorityTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Incremental_validation_that_is_turned_on_during_a_switch_is_on_after_it(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => (options.Repair.IntentDelay, options.PauseBudget, options.LockTimeout) =
            (TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40)));
        Migration other = await bank.StartAsync(options => options.LockTimeout = TimeSpan.FromSeconds(40));
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }));

        // The switch has read both control rows and is draining; it will write back what it read.
        Hold draining = Hold.At(migration, "repair.authority_read");
        Task<SwitchResult> switching = migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await draining.Reached;
        Task turningOn = other.Validation.StartIncrementalAsync();
        await bank.Source.WaitUntilBlockedAsync(turningOn);
        draining.Release();
        await Task.WhenAll(switching, turningOn);

        Assert.Equal(["1"], await bank.Source.RowsAsync("SELECT incremental FROM dbmove_migration"));
        Assert.Equal(["1"], await bank.Target.RowsAsync("SELECT incremental FROM dbmove_migration"));
    }

    /// <summary>The naive way: the stage is a variable in memory: the sleeper goes on writing under the old one, and one instance switches alone.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P16_P34_A_process_that_slept_through_switches_writes_under_the_new_stage(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration sleeper = await bank.StartAsync(Stage.SourceOnly);
        Migration other = await bank.StartAsync();
        AccountRepository accounts = new(sleeper);

        await other.SwitchAsync(Stage.SourceFirst, Bank.Forced);
        Assert.Equal(Stage.SourceOnly, sleeper.Stage);
        await accounts.InsertAsync(new Account { Owner = "dual", Balance = 1 });
        Assert.Equal(1, await bank.Target.CountAsync("account"));

        // Having learned of a stage it gives a sign of life by itself; one that came after the next switch would learn of that too.
        await sleeper.Member.BeatAsync(default);
        await other.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await other.SwitchAsync(Stage.TargetOnly, Bank.Forced);
        Assert.Equal(Stage.SourceFirst, sleeper.Stage);
        await accounts.InsertAsync(new Account { Owner = "target only", Balance = 1 });

        Assert.Equal(Stage.TargetOnly, sleeper.Stage);
        Assert.Equal(2, await bank.Target.CountAsync("account"));
        Assert.Equal(1, await bank.Source.CountAsync("account"));
    }

    /// <summary>The naive way: the switch does not wait for what is under way, and the transaction commits on the former authority.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P17_A_long_transaction_delays_the_switch_and_never_loses_to_it(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync(options => options.PauseBudget = TimeSpan.FromMilliseconds(200));
        AccountRepository accounts = new(migration);

        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await accounts.InsertAsync(new Account { Owner = "long", Balance = 1 }, transaction);
        await Assert.ThrowsAsync<SwitchAbandonedException>(() => other.SwitchAsync(Stage.TargetFirst, Bank.Forced));
        await transaction.CommitAsync();

        await bank.AssertEqualAsync();
        Assert.Equal(1, await bank.Target.CountAsync("account"));
        Assert.Equal(Stage.TargetFirst, (await other.SwitchAsync(Stage.TargetFirst, Bank.Forced)).To);
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_transaction_that_was_begun_before_a_switch_and_writes_after_it_runs_under_the_new_stage(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        if (bank.Source.IsPostgreSql)
        {
            // SQLite takes its lock when a transaction begins; there the switch would wait.
            await other.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        }

        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction);
        await transaction.CommitAsync();

        Assert.Equal(bank.Source.IsPostgreSql ? Stage.TargetFirst : Stage.SourceFirst, transaction.Stage);
        await bank.AssertEqualAsync();
        Assert.Equal(1, await bank.Target.CountAsync("account"));
    }

    [Theory, InlineData(Stage.SourceOnly), InlineData(Stage.SourceFirst)]
    public async Task A_transaction_begun_without_a_fence_commits_only_while_the_source_is_all_that_is_written(Stage stage)
    {
        // On SQLite the file's write lock lets no switch pass an open transaction.
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync();
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await bank.StartAsync(stage);
        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction);
        await migration.Context.Stage.RefreshAsync(bothSides: true, default);

        if (stage == Stage.SourceOnly)
        {
            await transaction.CommitAsync();
        }
        else
        {
            await Assert.ThrowsAsync<StageMovedException>(() => transaction.CommitAsync());
        }

        Assert.Equal(stage == Stage.SourceOnly ? 1 : 0, await bank.Source.CountAsync("account"));
    }

    [Fact]
    public async Task Dual_writing_does_not_begin_while_a_transaction_without_a_fence_has_written()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync();
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction);
        Migration other = await bank.StartAsync(Stage.SourceOnly, options => options.PauseBudget = TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<SwitchAbandonedException>(() => other.SwitchAsync(Stage.SourceFirst, Bank.Forced));
        await transaction.CommitAsync();

        Assert.True((await other.SwitchAsync(Stage.SourceFirst, Bank.Forced)).Changed);
        Assert.Equal(1, await bank.Source.CountAsync("account"));
    }

    /// <summary>
    /// The naive way: the clock that says how old the last reading is stands still while the machine sleeps, so the process
    /// wakes to a stage that it takes for fresh, writes without fence and intent, and reads what is no longer the authority.
    /// </summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P16_A_process_whose_machine_was_suspended_before_the_first_switch_does_not_go_on_without_a_fence(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        SuspendedTime time = new();
        Migration sleeper = await bank.StartAsync(time: time);
        AccountRepository accounts = new(sleeper);
        Migration other = await bank.StartAsync(Stage.SourceFirst);

        time.Asleep = TimeSpan.FromHours(1);
        await accounts.InsertAsync(new Account { Owner = "dual", Balance = 1 });

        Assert.Equal(Stage.SourceFirst, sleeper.Stage);
        await bank.AssertEqualAsync();
        Assert.Equal(1, await bank.Target.CountAsync("account"));

        await other.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await other.SwitchAsync(Stage.TargetOnly, Bank.Forced);
        Account last = await new AccountRepository(other).InsertAsync(new Account { Owner = "target only", Balance = 1 });
        time.Asleep = TimeSpan.FromHours(2);

        Assert.NotNull(await accounts.FindAsync(last.Id));
    }

    /// <summary>As above, with a transaction that was begun before: what it wrote without a fence is committed only if the source is all that is written.</summary>
    [Fact]
    public async Task P16_A_transaction_that_slept_through_the_first_switches_does_not_commit_without_a_fence()
    {
        // On SQLite the file's write lock lets no switch pass an open transaction.
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        SuspendedTime time = new();
        Migration sleeper = await bank.StartAsync(time: time);
        await using DualWriteTransaction transaction = await sleeper.BeginTransactionAsync();
        await bank.StartAsync(Stage.SourceFirst);
        await new AccountRepository(sleeper).InsertAsync(new Account { Owner = "late", Balance = 1 }, transaction);

        time.Asleep = TimeSpan.FromHours(1);
        await Assert.ThrowsAsync<StageMovedException>(() => transaction.CommitAsync());

        Assert.Equal(0, await bank.Source.CountAsync("account"));
    }

    /// <summary>The naive way: the next switch counts one up from the row it sees, gives the same number to another stage, and both sides claim it.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P44_A_switch_that_died_after_prepared_is_undone_and_its_number_burned(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        long before = migration.Epoch;
        Crash.At(migration, "switch.prepared");
        await Assert.ThrowsAsync<Crash>(() => migration.SwitchAsync(Stage.TargetFirst, Bank.Forced));

        // The old authority still decides.
        Migration other = await bank.StartAsync();
        Assert.Equal(Stage.SourceFirst, other.Stage);
        await new AccountRepository(other).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await bank.AssertEqualAsync();

        SwitchResult result = await other.SwitchAsync(Stage.SourceOnly, Bank.Forced);
        Assert.Equal(before + 2, result.Epoch);
        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Bob", Balance = 1 });
        Assert.Equal(2, await bank.Source.CountAsync("account"));
        Assert.Equal(1, await bank.Target.CountAsync("account"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_switch_that_died_after_its_commit_point_is_finished(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Crash.At(migration, "switch.committed");
        await Assert.ThrowsAsync<Crash>(() => migration.SwitchAsync(Stage.TargetFirst, Bank.Forced));
        Assert.Equal(["1"], await bank.Target.RowsAsync("SELECT prepared FROM dbmove_migration WHERE side = 'target'"));

        Migration other = await bank.StartAsync();

        Assert.Equal(Stage.TargetFirst, other.Stage);
        Assert.Equal(["0"], await bank.Target.RowsAsync("SELECT prepared FROM dbmove_migration WHERE side = 'target'"));
        await new AccountRepository(other).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: the counter of the new authority starts where the migrated rows are, and the first insert clashes or overwrites.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P18_After_the_switch_the_new_authority_numbers_beyond_both(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Account last = (await accounts.InsertManyAsync([.. Enumerable.Range(0, 5).Select(number => new Account { Owner = $"{number}", Balance = number })]))[^1];
        await accounts.DeleteAsync(last.Id);

        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Account next = await accounts.InsertAsync(new Account { Owner = "next", Balance = 1 });

        Assert.True(next.Id > last.Id, $"{next.Id} was given out before");
        await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced);
        Account again = await accounts.InsertAsync(new Account { Owner = "again", Balance = 1 });
        Assert.True(again.Id > next.Id, $"{again.Id} was given out before");
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_drain_brings_what_was_left_open_before_the_authority_moves(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Repair.IntentDelay = TimeSpan.FromMinutes(1));
        AccountRepository accounts = new(migration);
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }));
        Assert.Equal(0, await bank.Target.CountAsync("account"));

        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);

        Assert.Equal(1, await bank.Target.CountAsync("account"));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
        Assert.NotNull(await accounts.FindAsync(1));
    }

    /// <summary>The naive way: both read the same stage, and both step.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P33_Two_operators_who_switch_at_once_switch_once(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration one = await bank.StartAsync(Stage.SourceFirst);
        Migration two = await bank.StartAsync();
        SwitchOptions options = Bank.Forced with { ExpectedEpoch = one.Epoch };

        bool[] changed = await Task.WhenAll(TryAsync(one), TryAsync(two));

        Assert.Single(changed, each => each);
        Assert.Equal(3, (await one.SwitchAsync(Stage.TargetFirst)).Epoch);

        async Task<bool> TryAsync(Migration migration)
        {
            try
            {
                return (await migration.SwitchAsync(Stage.TargetFirst, options)).Changed;
            }
            catch (DbMoveException)
            {
                return false;
            }
        }
    }

    /// <summary>The naive way: the stage is kept in memory, so a restart goes back to the first one.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P32_A_restart_finds_the_stage_where_it_was(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            Migration migration = await bank.StartAsync();
            if (stage != Stage.Initial)
            {
                await migration.SwitchAsync(stage, Bank.Forced);
            }

            Assert.Equal(stage, (await bank.StartAsync()).Stage);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_side_that_was_restored_from_an_older_state_is_refused(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.TargetFirst);
        await bank.Source.ExecuteAsync("UPDATE dbmove_migration SET stage = 'src_first', epoch = epoch - 1, prepared = 0 WHERE side = 'source'");

        StageUnknownException exception = await Assert.ThrowsAsync<StageUnknownException>(() => bank.StartAsync());

        Assert.Contains("Both sides", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Stage.TargetFirst, migration.Stage);
    }
}
