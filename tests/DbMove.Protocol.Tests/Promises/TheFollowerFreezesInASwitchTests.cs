using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Promises 3 and 4 where the authority moves: the new one freezes while it is to commit, clear or undo <em>prepared</em>.</summary>
public sealed class TheFollowerFreezesInASwitchTests(PostgreSqlServer server)
{
    // Of the driver's own.
    private const string NoBound = ";Command Timeout=0;Pooling=false";

    /// <summary>Only tells an end from none; no test passes because something was fast.</summary>
    private static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The naive way: a commit that was begun is waited for, and every writer with it.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task It_ends_the_switch_and_holds_no_writer(bool commits)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Target, NoBound);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => (options.FollowerTimeout, options.PauseBudget, options.LockTimeout) =
            (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(2)));
        AccountRepository accounts = new(migration);
        long before = migration.Epoch;
        Task<Account>? waiting = null;
        migration.Context.Probes.Handler = async (point, _) =>
        {
            if (point == "switch.written" && waiting is null)
            {
                waiting = accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
                await bank.Source.WaitUntilBlockedAsync(waiting);
                if (commits)
                {
                    // The commit, which is next, still comes through; its answer does not.
                    relay.RoundTrip = relay.Freeze;
                }
                else
                {
                    relay.Freeze();
                }
            }
        };

        SwitchAbandonedException abandoned = await Assert.ThrowsAsync<SwitchAbandonedException>(() => migration.SwitchAsync(Stage.TargetFirst, Bank.Forced).WaitAsync(Bound));
        Account stored = await waiting!.WaitAsync(Bound);

        Assert.Contains("FollowerTimeout", abandoned.Message, StringComparison.Ordinal);
        Assert.Equal([$"{stored.Id}|Ada|null|1"], await bank.AccountsAsync(Side.Source));
        Assert.Equal([$"{before}|src_first|0"], await RowAsync(bank, Side.Source));
        using CancellationTokenSource bound = new(Bound);
        while (commits && (await RowAsync(bank, Side.Target))[0] != $"{before + 1}|dst_first|1")
        {
            bound.Token.ThrowIfCancellationRequested();
        }

        (relay.RoundTrip, waiting) = (null, null);
        migration.Context.Probes.Handler = null;
        relay.Thaw();
        SwitchResult result = await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced).WaitAsync(Bound);

        // A number that was committed anywhere is burned.
        Assert.Equal(before + (commits ? 2 : 1), result.Epoch);
        await bank.AssertEqualAsync();
        await accounts.InsertAsync(new Account { Owner = "Bob", Balance = 1 });
        Assert.Equal(2, await bank.Target.CountAsync("account"));
    }

    /// <summary>The naive way: what comes after the commit point is waited for, and the operator never hears that it has happened.</summary>
    [Fact]
    public async Task Frozen_after_the_commit_point_the_switch_has_succeeded_and_says_so()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Target, NoBound);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, Impatient);
        FreezeAt(migration, relay, "switch.committed");

        SwitchResult result = await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced).WaitAsync(Bound);

        Assert.Equal(Stage.TargetFirst, result.To);
        Assert.Equal([$"{result.Epoch}|dst_first|0"], await RowAsync(bank, Side.Source));
        Assert.Equal([$"{result.Epoch}|dst_first|1"], await RowAsync(bank, Side.Target));
        relay.Thaw();
        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        Assert.Equal(Stage.TargetOnly, (await migration.SwitchAsync(Stage.TargetOnly, Bank.Forced).WaitAsync(Bound)).To);
        Assert.Equal(["Ada"], await bank.Target.RowsAsync("SELECT owner FROM account"));
    }

    /// <summary>
    /// The follower's commit of an abandoned switch arrives after a step by which the authority stays has taken the same
    /// number, because it could not see it.
    /// </summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_it_commits_late_never_counts_even_where_its_number_was_given_out_again(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        long epoch = (await migration.SwitchAsync(Stage.SourceOnly, Bank.Forced)).Epoch;
        await bank.Target.ExecuteAsync($"UPDATE dbmove_migration SET epoch = {epoch}, stage = 'dst_first', prepared = 1 WHERE side = 'target'");

        await migration.Context.Stage.RefreshAsync(bothSides: true, default);
        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });

        Assert.Equal((Stage.SourceOnly, 1L, 0L), (migration.Stage, await bank.Source.CountAsync("account"), await bank.Target.CountAsync("account")));
        Assert.Equal(epoch + 1, (await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced)).Epoch);
        Assert.Equal([$"{epoch}|src_only|0"], await RowAsync(bank, Side.Target));
        Assert.Equal(epoch + 2, (await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced)).Epoch);
    }

    private static void Impatient(MigrationOptions options) => (options.FollowerTimeout, options.PauseBudget, options.LockTimeout) =
        (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20));

    private static void FreezeAt(Migration migration, PostgreSqlRelay relay, string at) => migration.Context.Probes.Handler = (point, _) =>
    {
        if (point == at)
        {
            relay.Freeze();
        }

        return default;
    };

    private static Task<List<string>> RowAsync(Bank bank, Side side) =>
        bank.On(side).RowsAsync($"SELECT epoch, stage, prepared FROM dbmove_migration WHERE side = '{side.ToWireName()}'");
}
