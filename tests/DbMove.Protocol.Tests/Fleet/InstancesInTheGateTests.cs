using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Protocol.Tests.Fleet;

/// <summary>The gate waits for every instance that lives; one that counts as dead is fenced, not trusted.</summary>
public sealed class InstancesInTheGateTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P34_The_gate_waits_for_an_instance_that_lives_and_has_not_seen_the_switch(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceOnly);
        Migration sleeper = await bank.StartAsync(options => options.Fleet.Label = "the sleeper");
        await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced);

        GateCondition closed = await InstancesAsync(migration, Stage.TargetFirst);
        GateClosedException refused = await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(Stage.TargetFirst));
        await new AccountRepository(sleeper).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await sleeper.Member.BeatAsync(default);
        GateCondition open = await InstancesAsync(migration, Stage.TargetFirst);

        Assert.False(closed.IsMet);
        Assert.StartsWith("1 of 2 alive have not confirmed epoch 2: the sleeper (epoch 1, seen ", closed.Detail, StringComparison.Ordinal);
        Assert.Contains("the sleeper", refused.Message, StringComparison.Ordinal);
        Assert.Equal((true, "2 alive, all at epoch 2"), (open.IsMet, open.Detail));
    }

    /// <summary>It has only ever said a word to the former authority: without the handover the new one would not know it.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_instance_that_knows_the_former_authority_alone_is_waited_for_by_the_new_one(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration sleeper = await bank.StartAsync();

        foreach ((Stage to, Stage next) in new[] { (Stage.TargetFirst, Stage.TargetOnly), (Stage.SourceFirst, Stage.TargetFirst) })
        {
            await migration.SwitchAsync(to, Bank.Forced);
            Assert.False((await InstancesAsync(migration, next)).IsMet, $"{to}: the sleeper was overlooked");
            Assert.Equal(2, (await migration.GetStatusAsync()).Instances.Count(instance => instance.IsAlive));
            await sleeper.Member.BeatAsync(default);
            Assert.True((await InstancesAsync(migration, next)).IsMet);
            Assert.Equal(migration.Epoch, sleeper.Epoch);
        }
    }

    /// <summary>A step back by which the authority stays needs nobody's consent, and a step out of <c>initial</c> knows nobody.</summary>
    [Fact]
    public async Task The_way_out_of_dual_writing_waits_for_no_instance()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync();
        await bank.StartAsync();
        Assert.DoesNotContain((await migration.CheckGateAsync(Stage.SourceOnly)).Conditions, condition => condition.Name == "instances_current");
        Assert.Empty((await migration.GetStatusAsync()).Instances);
        await migration.SwitchAsync(Stage.SourceOnly, Bank.Forced);
        await bank.StartAsync();
        await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced);

        Assert.DoesNotContain((await migration.CheckGateAsync(Stage.SourceOnly)).Conditions, condition => condition.Name == "instances_current");
        Assert.True((await migration.SwitchAsync(Stage.SourceOnly)).Changed);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P16_An_instance_that_counts_as_dead_is_not_waited_for_and_writes_nothing_under_the_old_stage(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceOnly);
        foreach (Stage to in (Stage[])[Stage.SourceFirst, Stage.SourceOnly, Stage.SourceFirst, Stage.TargetFirst, Stage.SourceFirst, Stage.TargetFirst, Stage.TargetOnly, Stage.TargetFirst, Stage.TargetOnly])
        {
            Migration sleeper = await bank.StartAsync();
            (Stage from, string owner) = (sleeper.Stage, $"under {migration.Stage} to {to}");
            await using DualWriteTransaction transaction = await sleeper.BeginTransactionAsync();
            if (!bank.On(from.Authority()).IsPostgreSql)
            {
                // A file's lock is held from the beginning of a transaction on: there it delays the switch instead.
                await transaction.DisposeAsync();
            }

            foreach (Side side in (Side[])[Side.Source, Side.Target])
            {
                await bank.On(side).ExecuteAsync($"UPDATE dbmove_instance SET expires_at = 0 WHERE instance = '{sleeper.Member.Id}'");
            }

            await migration.SwitchAsync(to, Bank.Forced);
            if (StageTransitions(to) is { } next)
            {
                Assert.True((await InstancesAsync(migration, next)).IsMet, $"{from} to {to}");
            }

            Assert.Equal(from, sleeper.Stage);
            long[] before = [await bank.Source.CountAsync("account"), await bank.Target.CountAsync("account")];
            if (bank.On(from.Authority()).IsPostgreSql)
            {
                await new AccountRepository(sleeper).InsertAsync(new Account { Owner = owner, Balance = 1 }, transaction);
                await transaction.CommitAsync();
            }
            else
            {
                await new AccountRepository(sleeper).InsertAsync(new Account { Owner = owner, Balance = 1 });
            }

            Assert.Equal(to, sleeper.Stage);
            Assert.Equal(to.Authority() == Side.Source || to.IsDual() ? 1 : 0, await bank.Source.CountAsync("account") - before[0]);
            Assert.Equal(to.Authority() == Side.Target || to.IsDual() ? 1 : 0, await bank.Target.CountAsync("account") - before[1]);
            await sleeper.StopAsync();
        }

        static Stage? StageTransitions(Stage stage) => stage == Stage.Completed ? null : stage + 1;
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_instance_that_stops_is_waited_for_no_longer(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await other.Member.BeatAsync(default);
        Assert.Equal(2, await bank.Target.CountAsync("dbmove_instance"));

        await other.StopAsync();

        Assert.Equal([migration.Member.Id], await bank.Target.RowsAsync("SELECT instance FROM dbmove_instance"));
        await migration.StopAsync();
        Assert.Equal(0, await bank.Target.CountAsync("dbmove_instance"));
        await migration.StartAsync();
        Assert.Equal([migration.Member.Id], await bank.Target.RowsAsync("SELECT instance FROM dbmove_instance"));
    }

    /// <summary>The switch waits for the sign of life that is being given, and takes it along: none is lost between two authorities.</summary>
    [Theory, MemberData(nameof(Engines.PostgreSqlTarget), MemberType = typeof(Engines))]
    public async Task An_instance_that_makes_itself_known_during_a_switch_does_so_under_the_new_epoch(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => (options.PauseBudget, options.LockTimeout) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40)));
        Hold written = Hold.At(migration, "switch.written");
        Task<SwitchResult> switching = migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await written.Reached;
        Task<Migration> starting = Task.Run(() => bank.StartAsync(options => options.LockTimeout = TimeSpan.FromSeconds(40)));
        await bank.Source.WaitUntilBlockedAsync(starting);
        Assert.False(starting.IsCompleted);
        written.Release();
        await switching;
        Migration late = await starting;

        Assert.Equal((Stage.TargetFirst, migration.Epoch), (late.Stage, late.Epoch));
        Assert.Equal([$"{migration.Epoch}"], await bank.Target.RowsAsync($"SELECT epoch FROM dbmove_instance WHERE instance = '{late.Member.Id}'"));
        Assert.Equal(1, await bank.Source.CountAsync("dbmove_instance"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P34_An_instance_learns_of_a_switch_by_polling_alone(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceOnly);
        FakeTimeProvider time = new();
        Migration other = await bank.StartAsync(options => options.RunBackgroundWork = true, time: time);
        await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced);
        Assert.Equal(Stage.SourceOnly, other.Stage);

        await Eventually(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(15));
            return (await InstancesAsync(migration, Stage.TargetFirst)).IsMet;
        });

        Assert.Equal((Stage.SourceFirst, migration.Epoch), (other.Stage, other.Epoch));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_read_comes_from_the_former_authority_for_the_poll_interval_and_no_longer(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        FakeTimeProvider time = new();
        Migration sleeper = await bank.StartAsync(time: time);
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await migration.SwitchAsync(Stage.TargetOnly, Bank.Forced);
        long id = (await new AccountRepository(migration).InsertAsync(new Account { Owner = "new", Balance = 1 })).Id;

        time.Advance(sleeper.Context.Options.PollInterval - TimeSpan.FromTicks(1));
        Account? early = await new AccountRepository(sleeper).FindAsync(id);
        time.Advance(TimeSpan.FromTicks(1));
        Account? late = await new AccountRepository(sleeper).FindAsync(id);

        Assert.Null(early);
        Assert.Equal("new", late?.Owner);
    }

    private static async Task<GateCondition> InstancesAsync(Migration migration, Stage to) =>
        (await migration.CheckGateAsync(to)).Conditions.Single(condition => condition.Name == "instances_current");

    private static async Task Eventually(Func<Task<bool>> isSo)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
