using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Switching;

/// <summary>What operators do: look first, press twice, press both at once, and have to wait.</summary>
public sealed class OperatorTests(PostgreSqlServer server)
{
    /// <summary>Both have passed the gate when one of them switches: the other's expected epoch is a thing of the past behind the fence.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P33_Of_two_operators_behind_the_gate_one_switches_and_the_other_is_told(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration one = await bank.StartAsync();
        foreach (Stage to in (Stage[])[Stage.SourceOnly, Stage.SourceFirst, Stage.TargetFirst, Stage.SourceFirst, Stage.SourceOnly, Stage.SourceFirst, Stage.TargetFirst, Stage.TargetOnly, Stage.TargetFirst, Stage.TargetOnly, Stage.Completed])
        {
            Migration two = await bank.StartAsync();
            Hold gated = Hold.At(two, "switch.gated");
            Task<SwitchResult> late = two.SwitchAsync(to, Bank.Forced);
            await gated.Reached;
            long epoch = (await one.SwitchAsync(to, Bank.Forced)).Epoch;
            List<string> before = await bank.EverythingAsync();
            gated.Release();
            EpochMovedException told = await Assert.ThrowsAsync<EpochMovedException>(() => late);

            Assert.Equal(epoch, told.Epoch);
            Assert.Equal(before, await bank.EverythingAsync());
            Assert.Equal((to, epoch), await bank.DecideAsync());
            await two.StopAsync();
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P33_Of_two_operators_who_reach_for_the_fence_at_once_one_switches(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration[] both = [await bank.StartAsync(Stage.SourceFirst, Patient), await bank.StartAsync(Patient)];
        Hold[] gated = [.. both.Select(each => Hold.At(each, "switch.gated"))];
        Task<SwitchResult>[] switches = [.. both.Select(each => Task.Run(() => each.SwitchAsync(Stage.TargetFirst, Bank.Forced)))];
        await Task.WhenAll(gated.Select(each => each.Reached));
        Array.ForEach(gated, each => each.Release());

        Exception?[] failures = await Task.WhenAll(switches.Select(each => Record.ExceptionAsync(() => each).AsTask()));

        Assert.IsType<EpochMovedException>(Assert.Single(failures, failure => failure is not null));
        Assert.Equal((Stage.TargetFirst, 3), await bank.DecideAsync());
        Assert.Equal(3, await bank.Source.CountAsync("dbmove_audit"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P33_A_double_click_switches_once(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        SwitchOptions seen = Bank.Forced with { ExpectedEpoch = migration.Epoch };
        Assert.True((await migration.SwitchAsync(Stage.TargetFirst, seen)).Changed);
        List<string> before = await bank.EverythingAsync();

        Assert.False((await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced)).Changed);
        await Assert.ThrowsAsync<EpochMovedException>(() => migration.SwitchAsync(Stage.TargetFirst, seen));

        Assert.Equal(before, await bank.EverythingAsync());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_dry_run_of_every_step_changes_no_control_table(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync();
        for (Stage stage = Stage.Initial; ; stage++)
        {
            List<string> before = await bank.EverythingAsync();
            foreach (Stage to in Enum.GetValues<Stage>())
            {
                if (await Record.ExceptionAsync(() => migration.SwitchAsync(to, Bank.Forced with { DryRun = true })) is { } refused)
                {
                    Assert.IsType<StageTransitionException>(refused);
                }
            }

            Assert.Equal(before, await bank.EverythingAsync());
            Assert.Equal(stage, migration.Stage);
            if (stage == Stage.Completed)
            {
                return;
            }

            await migration.SwitchAsync(stage + 1, Bank.Forced);
        }
    }

    [Fact]
    public async Task Completed_and_the_first_stage_have_no_way_back()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceOnly);
        await Assert.ThrowsAsync<StageTransitionException>(() => migration.SwitchAsync(Stage.Initial, Bank.Forced));
        migration = await bank.StartAsync(Stage.Completed);
        await Assert.ThrowsAsync<StageTransitionException>(() => migration.SwitchAsync(Stage.TargetOnly, Bank.Forced));
        Assert.Equal(Stage.Completed, (await bank.DecideAsync()).Stage);
    }

    /// <summary>Back is as hard as forward: a transaction that is under way has to end first, and is not lost.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P17_A_long_transaction_delays_every_step_and_never_loses_to_it(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceOnly);
        Migration other = await bank.StartAsync(options => options.PauseBudget = TimeSpan.FromMilliseconds(100));
        foreach (Stage to in (Stage[])[Stage.SourceFirst, Stage.SourceOnly, Stage.SourceFirst, Stage.TargetFirst, Stage.SourceFirst, Stage.TargetFirst, Stage.TargetOnly, Stage.TargetFirst])
        {
            Stage from = (await other.ReadStageAsync()).Stage;
            await migration.Context.Stage.RefreshAsync(bothSides: false, default);
            await Bank.SettleAsync(migration);
            await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
            long id = (await new AccountRepository(migration).InsertAsync(new Account { Owner = $"{from} to {to}", Balance = 1 }, transaction)).Id;
            long epoch = await bank.GreatestEpochAsync();
            await Assert.ThrowsAsync<SwitchAbandonedException>(() => other.SwitchAsync(to, Bank.Forced));
            Assert.Equal((from, epoch), await bank.DecideAsync());
            await transaction.CommitAsync();

            Assert.Equal(from, transaction.Stage);
            foreach (Side side in (Side[])[Side.Source, Side.Target])
            {
                Assert.Equal(from.IsDual() || from.Authority() == side ? 1 : 0, await bank.On(side).CountAsync($"account WHERE id = {id} AND owner = '{from} to {to}'"));
            }

            // With all the time there is, so that a busy machine does not decide.
            Assert.True((await (await bank.StartAsync(Patient)).SwitchAsync(to, Bank.Forced)).Changed);
        }
    }

    /// <summary>A step by which the authority stays asks the other side for its epoch: not for longer than writes may wait.</summary>
    [Fact]
    public async Task A_step_by_which_the_authority_stays_waits_for_a_silent_side_no_longer_than_the_pause_budget()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.SqliteToPostgreSql, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Target);
        Migration migration = await bank.StartAsync(Stage.SourceOnly, options => (options.PauseBudget, options.FollowerTimeout) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(20)));
        AccountRepository accounts = new(migration);

        migration.Context.Probes.Handler = (point, _) =>
        {
            if (point == "switch.fenced")
            {
                relay.Freeze();
            }

            return default;
        };
        SwitchAbandonedException abandoned = await Assert.ThrowsAsync<SwitchAbandonedException>(() => migration.SwitchAsync(Stage.SourceFirst, Bank.Forced).WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("its pause budget of 0.3 s was spent while a side did not answer", abandoned.Message, StringComparison.Ordinal);
        Assert.Equal((Stage.SourceOnly, 1), await bank.DecideAsync());
        await accounts.InsertAsync(new Account { Owner = "goes on", Balance = 1 });

        relay.Thaw();
        migration.Context.Probes.Handler = null;
        await (await bank.StartAsync()).SwitchAsync(Stage.SourceFirst, Bank.Forced);
        await accounts.InsertAsync(new Account { Owner = "dual", Balance = 1 });
        Assert.Equal(1, await bank.Target.CountAsync("account"));

        // The way out of dual writing is open although the follower says nothing.
        Migration leaving = await bank.StartAsync(options => options.PauseBudget = TimeSpan.FromSeconds(5));
        leaving.Context.Probes.Handler = (point, _) =>
        {
            if (point == "switch.fenced")
            {
                relay.Freeze();
            }

            return default;
        };
        Assert.True((await leaving.SwitchAsync(Stage.SourceOnly, Bank.Forced).WaitAsync(TimeSpan.FromSeconds(60))).Changed);
        relay.Thaw();
        Assert.Equal(Stage.SourceOnly, (await bank.DecideAsync()).Stage);
    }

    /// <summary>
    /// One instance is ahead of the other and both write one key: without the fence they would take the two sides in opposite
    /// order, and wait for each other in two databases that know nothing of each other.
    /// </summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P15_Two_instances_in_different_stages_write_one_key_in_one_order(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration ahead = await bank.StartAsync(Stage.SourceFirst), behind = await bank.StartAsync();
        long id = (await new AccountRepository(ahead).InsertAsync(new Account { Owner = "both", Balance = 0 })).Id;
        await ahead.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Assert.Equal(Stage.SourceFirst, behind.Stage);
        Hold written = Hold.At(ahead, "write.authority_written");
        Task first = new AccountRepository(ahead).UpdateAsync(new Account { Id = id, Owner = "both", Balance = 1 });
        await written.Reached;
        Task second = new AccountRepository(behind).UpdateAsync(new Account { Id = id, Owner = "both", Balance = 2 });
        await bank.Target.WaitUntilBlockedAsync(second);
        written.Release();
        await first.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await second.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(Stage.TargetFirst, behind.Stage);
        await Bank.SettleAsync(ahead);
        await Bank.SettleAsync(behind);
        Assert.Equal([$"{id}|both|null|2"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }

    /// <summary>All the time there is, so that a busy machine does not decide a test.</summary>
    private static void Patient(MigrationOptions options) => (options.PauseBudget, options.LockTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
}
