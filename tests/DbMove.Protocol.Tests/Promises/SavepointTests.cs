using DbMove.Dialects;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Savepoints are the authority's; the follower receives what is left at the commit.</summary>
public sealed class SavepointTests(PostgreSqlServer server)
{
    /// <summary>
    /// The naive way collects the image of every statement and sends them all at the commit: the follower gets rows that the authority
    /// never had, and loses one that is still there.
    /// </summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P48_What_was_rolled_back_to_a_savepoint_never_reaches_the_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        (AccountRepository accounts, EntryRepository entries) = (new(migration), new(migration));
        Account old = await accounts.InsertAsync(new Account { Owner = "old", Balance = 1 });
        await Bank.SettleAsync(migration);

        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            Account kept = await accounts.InsertAsync(new Account { Owner = "kept", Balance = 1 }, transaction);
            await transaction.SaveAsync("here");
            await accounts.UpdateAsync(kept with { Balance = 99 }, transaction);
            await accounts.InsertAsync(new Account { Owner = "dropped", Balance = 99 }, transaction);
            await entries.InsertAsync(new Entry { AccountId = kept.Id, Line = 1, Note = "dropped" }, transaction);
            await accounts.DeleteAsync(old.Id, transaction);
            await transaction.RollbackAsync("here");
            await accounts.UpsertAsync(new Account { Id = 50, Owner = "after", Balance = 2 }, transaction);
            await transaction.CommitAsync();
        }

        Assert.Equal(["old", "kept", "after"], await bank.Target.RowsAsync("SELECT owner FROM account ORDER BY id"));
        Assert.Equal(["1", "1", "2"], await bank.Target.RowsAsync("SELECT amount FROM account ORDER BY id"));
        await bank.AssertEqualAsync();

        // The intents of what was rolled back are gone with it.
        Assert.Equal(2, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P48_A_row_of_before_the_savepoint_is_read_again_whatever_came_after_it(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Account deleted = await accounts.InsertAsync(new Account { Owner = "a", Balance = 1 });
        Account changed = await accounts.InsertAsync(new Account { Owner = "b", Balance = 1 });

        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            await accounts.UpdateAsync(deleted with { Balance = 2 }, transaction);
            await accounts.DeleteAsync(changed.Id, transaction);
            await transaction.SaveAsync("here");
            await accounts.DeleteAsync(deleted.Id, transaction);
            await accounts.UpsertAsync(changed with { Balance = 3 }, transaction);
            await transaction.RollbackAsync("here");
            await transaction.CommitAsync();
        }

        Assert.Equal([$"{deleted.Id}|a|null|2"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P48_A_changed_key_leaves_nothing_under_the_old_one(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Account account = await accounts.InsertAsync(new Account { Owner = "Ada", Email = "a@x", Balance = 1 });

        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            await accounts.DeleteAsync(account.Id, transaction);
            await accounts.UpsertAsync(account with { Id = 77 }, transaction);
            await transaction.CommitAsync();
        }

        Assert.Equal(["77|Ada|a@x|1"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Savepoints_nest_hide_each_other_and_are_released(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);

        // PostgreSQL cuts names at 63 bytes, SQLite knows no case, and quotes are anybody's.
        string name = new('x', 70);
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await transaction.SaveAsync(name);
        await accounts.UpsertAsync(new Account { Id = 1, Owner = "one", Balance = 0 }, transaction);
        await transaction.SaveAsync(name.ToUpperInvariant() + "\"';");
        await accounts.UpsertAsync(new Account { Id = 2, Owner = "two", Balance = 0 }, transaction);
        await transaction.SaveAsync(name + "y");
        await accounts.UpsertAsync(new Account { Id = 3, Owner = "three", Balance = 0 }, transaction);
        await transaction.RollbackAsync(name.ToUpperInvariant() + "\"';");
        await Assert.ThrowsAsync<ArgumentException>(() => transaction.RollbackAsync(name + "y"));
        await accounts.UpsertAsync(new Account { Id = 4, Owner = "four", Balance = 0 }, transaction);
        await transaction.SaveAsync(name);
        await accounts.UpsertAsync(new Account { Id = 5, Owner = "five", Balance = 0 }, transaction);
        await transaction.RollbackAsync(name);
        await accounts.UpsertAsync(new Account { Id = 6, Owner = "six", Balance = 0 }, transaction);
        await transaction.ReleaseAsync(name);
        await transaction.ReleaseAsync(name);
        await Assert.ThrowsAsync<ArgumentException>(() => transaction.ReleaseAsync(name));
        await transaction.CommitAsync();

        Assert.Equal(["1", "4", "6"], await bank.Target.RowsAsync("SELECT id FROM account ORDER BY id"));
        await bank.AssertEqualAsync();
        Assert.Equal(3, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Everything_up_to_the_first_savepoint_can_be_rolled_back_across_a_later_one(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await transaction.SaveAsync("first");
        await accounts.UpsertAsync(new Account { Id = 1, Owner = "one", Balance = 0 }, transaction);
        await transaction.SaveAsync("second");
        await accounts.UpsertAsync(new Account { Id = 2, Owner = "two", Balance = 0 }, transaction);
        await transaction.RollbackAsync("first");
        await transaction.CommitAsync();

        Assert.Equal((0, 0), (await bank.Source.CountAsync("account"), await bank.Target.CountAsync("account")));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P46_After_an_error_no_savepoint_brings_the_transaction_back(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "Ada", Email = "a@x", Balance = 1 });

        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await accounts.InsertAsync(new Account { Owner = "first", Balance = 1 }, transaction);
        await transaction.SaveAsync("here");
        WriteFailedException failure = await Assert.ThrowsAsync<WriteFailedException>(() => accounts.InsertAsync(new Account { Owner = "second", Email = "a@x", Balance = 1 }, transaction));
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.RollbackAsync("here"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());

        Assert.Equal(FailureKind.UniqueClash, failure.Kind);
        Assert.Contains("a savepoint does not bring it back", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await bank.Source.CountAsync("account"));
        await bank.AssertEqualAsync();
    }

    [Fact]
    public async Task A_switch_before_the_first_savepoint_moves_the_transaction_and_not_past_it()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await (await bank.StartAsync()).SwitchAsync(Stage.TargetFirst, Bank.Forced);

        await transaction.SaveAsync("here");
        await accounts.UpsertAsync(new Account { Id = 1, Owner = "dropped", Balance = 0 }, transaction);
        await transaction.RollbackAsync("here");
        await accounts.UpsertAsync(new Account { Id = 2, Owner = "kept", Balance = 0 }, transaction);
        await transaction.CommitAsync();

        Assert.Equal(Stage.TargetFirst, transaction.Stage);
        Assert.Equal(["2|kept|null|0"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }
}
