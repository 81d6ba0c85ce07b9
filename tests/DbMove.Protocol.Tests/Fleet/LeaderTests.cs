using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Fleet;

/// <summary>Any number of instances may run the background work; the lease on the authority lets one of them lead.</summary>
public sealed class LeaderTests(PostgreSqlServer server)
{
    private const string Holder = "SELECT holder FROM dbmove_lease WHERE name = 'scheduler'";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task One_of_many_leads_and_when_it_stops_the_next_one_does(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.StartAsync(Stage.SourceFirst);
        Migration[] fleet = [await StartAsync(bank, "one"), await StartAsync(bank, "two"), await StartAsync(bank, "three")];

        Assert.Equal([true, false, false], fleet.Select(each => each.Context.Leadership.IsLeading));
        Assert.Equal(["one"], await LeadersAsync(fleet[2]));
        Assert.Equal([fleet[0].Member.Id], await bank.Source.RowsAsync(Holder));
        Assert.Contains("one leads", fleet[2].Member.Detail, StringComparison.Ordinal);

        await fleet[0].StopAsync();
        await fleet[2].Member.BeatAsync(default);
        await fleet[1].Member.BeatAsync(default);

        Assert.Equal([false, false, true], fleet.Select(each => each.Context.Leadership.IsLeading));
        Assert.Equal(["three"], await LeadersAsync(fleet[1]));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lease_that_has_run_out_is_taken_over_and_who_had_it_leads_no_more(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.StartAsync(Stage.SourceFirst);
        (Migration frozen, Migration next) = (await StartAsync(bank, "frozen"), await StartAsync(bank, "next"));
        TaskCompletionSource begun = new(), ended = new();
        Task work = frozen.Context.Leadership.WhileLeading(async cancellationToken =>
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                ended.SetResult();
            }
        })(TestContext.Current.CancellationToken);
        await begun.Task;
        await next.Member.BeatAsync(default);
        Assert.False(next.Context.Leadership.IsLeading);

        await bank.Source.ExecuteAsync("UPDATE dbmove_lease SET expires_at = 0");
        await next.Member.BeatAsync(default);
        await frozen.Member.BeatAsync(default);

        Assert.True(next.Context.Leadership.IsLeading);
        Assert.False(frozen.Context.Leadership.IsLeading);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(work.IsCompleted, "it waits for its turn");
        Assert.Equal(["next"], await LeadersAsync(frozen));
    }

    /// <summary>The lease goes with the authority: an instance that sees the switch first does not find it free there.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_leader_leads_on_when_the_authority_moves(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.StartAsync(Stage.SourceFirst);
        (Migration leader, Migration other) = (await StartAsync(bank, "leader"), await StartAsync(bank, "other"));

        await other.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await other.Member.BeatAsync(default);
        Assert.False(other.Context.Leadership.IsLeading);
        Assert.Equal([leader.Member.Id], await bank.Target.RowsAsync(Holder));
        await leader.Member.BeatAsync(default);

        Assert.True(leader.Context.Leadership.IsLeading);
        Assert.Equal(Stage.TargetFirst, leader.Stage);
        await leader.SwitchAsync(Stage.SourceFirst, Bank.Forced);
        Assert.Equal([leader.Member.Id], await bank.Source.RowsAsync(Holder));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Before_the_first_switch_everyone_acts_and_after_it_one(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        (Migration one, Migration two) = (await StartAsync(bank, "one"), await StartAsync(bank, "two"));
        Assert.True(one.Context.Leadership.IsLeading && two.Context.Leadership.IsLeading);

        await one.SwitchAsync(Stage.SourceOnly, Bank.Forced);
        await one.Member.BeatAsync(default);
        await two.Context.Stage.RefreshAsync(bothSides: false, default);
        await two.Member.BeatAsync(default);

        Assert.Equal([true, false], new[] { one, two }.Select(each => each.Context.Leadership.IsLeading));
        Assert.False((await bank.StartAsync()).Context.Leadership.IsLeading, "it does not run the background work");
    }

    /// <summary>A leader that lives and does nothing, because it cannot see the follower, say, holds up no repair.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_the_leader_leaves_undone_the_others_repair(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration writer = await bank.StartAsync(Stage.SourceFirst);
        await bank.Source.ExecuteAsync("INSERT INTO dbmove_lease (migration, name, holder, expires_at) VALUES ('bank', 'scheduler', 'idle', 9000000000000)");
        Migration other = await StartAsync(bank, "other", options => options.Repair.Interval = TimeSpan.FromMilliseconds(50));
        Crash.At(writer, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => new AccountRepository(writer).InsertAsync(new Account { Owner = "Ada", Balance = 1 }));

        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while (await bank.OpenIntentsAsync(Side.Source) > 0)
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.False(other.Context.Leadership.IsLeading);
        Assert.Equal(1, await bank.Target.CountAsync("account"));
        await bank.AssertEqualAsync();
    }

    [Fact]
    public async Task Two_that_ask_for_the_first_lease_at_once_do_not_trip_over_each_other()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await bank.StartAsync(Stage.SourceFirst);
        Task<Migration>[] starts;

        // A third one was about to take it, and dies: behind its row both find no lease, and both want to make one.
        await using (await bank.Source.BeginAsync("INSERT INTO dbmove_lease (migration, name, holder, expires_at) VALUES ('bank', 'scheduler', 'dead', 9000000000000)"))
        {
            starts = [StartAsync(bank, "one"), StartAsync(bank, "two")];
            await bank.Source.WaitUntilBlockedAsync(statements: 2);
        }

        Migration[] fleet = await Task.WhenAll(starts);
        Assert.Single(fleet, each => each.Context.Leadership.IsLeading);
    }

    private static Task<Migration> StartAsync(Bank bank, string label, Action<MigrationOptions>? configure = null) => bank.StartAsync(options =>
    {
        options.RunBackgroundWork = true;

        // Nobody gives a sign of life that the test does not ask for.
        (options.Fleet.Label, options.Fleet.LeaderLease) = (label, TimeSpan.FromMinutes(10));
        configure?.Invoke(options);
    });

    private static async Task<string[]> LeadersAsync(Migration asked) =>
        [.. (await asked.GetStatusAsync()).Instances.Where(instance => instance.IsLeader).Select(instance => instance.Label)];
}
