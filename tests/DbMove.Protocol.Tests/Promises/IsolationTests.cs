using System.Data;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Promise 4 under every isolation: a snapshot never lets a write through under a stage that is past (DESIGN §3.2).</summary>
public sealed class IsolationTests(PostgreSqlServer server)
{
    [Theory, InlineData(IsolationLevel.ReadCommitted), InlineData(IsolationLevel.RepeatableRead), InlineData(IsolationLevel.Serializable)]
    public async Task A_switch_between_begin_and_the_first_statement_moves_the_transaction(IsolationLevel isolation)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration sleeper = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(sleeper);
        await using DualWriteTransaction transaction = await sleeper.BeginTransactionAsync(isolation);
        await (await bank.StartAsync()).SwitchAsync(Stage.TargetFirst, Bank.Forced);

        await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction);
        Assert.Equal(Stage.TargetFirst, transaction.Stage);
        Hold barrier = Hold.At(sleeper, "write.authority_committed");
        Task commit = transaction.CommitAsync();
        await barrier.Reached;

        // The target decides now, so it has the row first.
        Assert.Equal((0, 1), (await bank.Source.CountAsync("account"), await bank.Target.CountAsync("account")));
        barrier.Release();
        await commit;
        await bank.AssertEqualAsync();
    }

    [Theory, InlineData(IsolationLevel.ReadCommitted), InlineData(IsolationLevel.RepeatableRead), InlineData(IsolationLevel.Serializable)]
    public async Task A_first_statement_that_waits_behind_a_switch_finds_the_new_stage_and_not_its_snapshot(IsolationLevel isolation)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration sleeper = await bank.StartAsync(Stage.SourceFirst, Generous);
        Migration switching = await bank.StartAsync(Generous);
        AccountRepository accounts = new(sleeper);
        Hold barrier = Hold.At(switching, "switch.fenced");
        Task<SwitchResult> move = switching.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await barrier.Reached;

        // Its begin and its fence are under way, behind the switch: a snapshot taken now would show the old stage.
        await using DualWriteTransaction transaction = await sleeper.BeginTransactionAsync(isolation);
        Task<Account> write = accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction);
        await bank.Source.WaitUntilBlockedAsync(write);
        barrier.Release();
        await move;
        await write;
        await transaction.CommitAsync();

        Assert.Equal(Stage.TargetFirst, transaction.Stage);
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
        await Bank.SettleAsync(switching);
        Assert.Equal(1, await bank.Target.CountAsync("account"));
        await bank.AssertEqualAsync();
    }

    [Theory, InlineData(IsolationLevel.ReadCommitted), InlineData(IsolationLevel.RepeatableRead), InlineData(IsolationLevel.Serializable)]
    public async Task A_switch_between_two_statements_waits_for_the_commit(IsolationLevel isolation)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration writing = await bank.StartAsync(Stage.SourceFirst, Generous);
        Migration switching = await bank.StartAsync(Generous);
        AccountRepository accounts = new(writing);
        await using DualWriteTransaction transaction = await writing.BeginTransactionAsync(isolation);
        await accounts.InsertAsync(new Account { Owner = "first", Balance = 1 }, transaction);

        Task<SwitchResult> move = switching.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await bank.Source.WaitUntilBlockedAsync(move);
        Assert.False(move.IsCompleted);
        await accounts.InsertAsync(new Account { Owner = "second", Balance = 2 }, transaction);
        await transaction.CommitAsync();
        await move;

        Assert.Equal(Stage.SourceFirst, transaction.Stage);
        Assert.Equal(["first", "second"], await bank.Target.RowsAsync("SELECT owner FROM account ORDER BY id"));
        await bank.AssertEqualAsync();
        await accounts.InsertAsync(new Account { Owner = "third", Balance = 3 });
        await bank.AssertEqualAsync();
    }

    [Theory, InlineData(IsolationLevel.Chaos), InlineData(IsolationLevel.Snapshot), InlineData(IsolationLevel.ReadUncommitted)]
    public async Task Another_level_is_refused_at_the_begin(IsolationLevel isolation)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);

        ArgumentOutOfRangeException refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => migration.BeginTransactionAsync(isolation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => migration.ExecuteInTransactionAsync((_, _) => Task.CompletedTask, isolation));

        Assert.Equal(("isolation", isolation), (refusal.ParamName, refusal.ActualValue));
    }

    private static void Generous(MigrationOptions options)
    {
        options.PauseBudget = TimeSpan.FromSeconds(30);
        options.LockTimeout = TimeSpan.FromSeconds(60);
        options.FollowerTimeout = TimeSpan.FromSeconds(60);
    }
}
