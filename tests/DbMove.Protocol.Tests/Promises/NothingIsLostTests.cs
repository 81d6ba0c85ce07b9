using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Promise 1: a write that the repository reported as successful is never lost.</summary>
public sealed class NothingIsLostTests(PostgreSqlServer server)
{
    /// <summary>The naive way: two commits, and nothing durable says that the second is owed.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P08_A_crash_between_the_two_commits_leaves_an_intent_that_repairs_the_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Crash.At(migration, "write.authority_committed");

        await Assert.ThrowsAsync<Crash>(() => accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }));

        Assert.Equal(1, await bank.Source.CountAsync("account"));
        Assert.Equal(0, await bank.Target.CountAsync("account"));
        Assert.Equal(1, await bank.OpenIntentsAsync(Side.Source));
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_crash_before_the_authority_commits_leaves_nothing_on_either_side(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Crash.At(migration, "write.follower_applied");

        await Assert.ThrowsAsync<Crash>(() => new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }));

        Assert.Equal(0, await bank.Source.CountAsync("account"));
        Assert.Equal(0, await bank.Target.CountAsync("account"));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    /// <summary>The naive way: the caller gets the follower's error for a write that was committed, retries, and has it twice.</summary>
    [Theory, MemberData(nameof(Engines.PostgreSqlTarget), MemberType = typeof(Engines))]
    public async Task P09_A_follower_that_fails_after_the_authority_committed_does_not_fail_the_write(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        TerminateAt(migration, bank.Target, "write.authority_committed");

        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });

        Assert.Equal(1, stored.Id);
        Assert.Equal(0, await bank.Target.CountAsync("account"));
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: an error at the commit is taken for a rollback, or the follower is committed all the same.</summary>
    [Fact]
    public async Task P19_A_commit_whose_answer_is_lost_has_an_unknown_outcome_and_leaves_both_sides_alike()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        TerminateAt(migration, bank.Source, "write.follower_applied");

        CommitOutcomeUnknownException exception = await Assert.ThrowsAsync<CommitOutcomeUnknownException>(
            () => new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }));

        Assert.Equal(Side.Source, exception.Side);
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: the UPDATE runs on both sides, and changes no row on the target.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P10_An_update_of_a_row_that_the_backfill_has_not_reached_brings_the_whole_row(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, email, balance) VALUES (7, 'Ada', 'ada@x', 1)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);

        await new AccountRepository(migration).UpdateAsync(new Account { Id = 7, Owner = "Ada", Email = "ada@x", Balance = 2 });

        Assert.Equal(["7|Ada|ada@x|2"], await bank.AccountsAsync(Side.Target));
    }

    /// <summary>The naive way: the INSERT runs on both sides, and each counts for itself.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P11_Generated_values_are_the_same_on_both_sides(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (40, 'before', 0)");
        if (bank.Source.IsPostgreSql)
        {
            // SQLite continues from the largest row by itself.
            await bank.Source.ExecuteAsync("SELECT setval(pg_get_serial_sequence('account', 'id'), 40)");
        }

        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Account stored = await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });

        Assert.Equal(41, stored.Id);
        Assert.Equal(["41|Ada|null|1"], await bank.AccountsAsync(Side.Target));
    }

    /// <summary>Engines, and how far the first of two updates has come when the second comes.</summary>
    public static MatrixTheoryData<Engine, string> HalfWay { get; } = new(Enum.GetValues<Engine>(), ["write.authority_written", "write.authority_committed"]);

    /// <summary>The naive way: the source commits by itself, or the images go to the target without waiting for each other, and the older one may come last.</summary>
    [Theory, MemberData(nameof(HalfWay))]
    public async Task P14_Two_updates_of_one_row_reach_both_sides_in_one_order(Engine engine, string point)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 0 });
        Hold hold = Hold.At(migration, point);

        // Nothing of the first is committed on the target yet; on the source it is, or is not.
        Task<Account?> first = accounts.UpdateAsync(stored with { Balance = 1 });
        await hold.Reached;
        Task<Account?> second = accounts.UpdateAsync(stored with { Balance = 2 });
        await bank.On(point == "write.authority_written" ? Side.Source : Side.Target).WaitUntilBlockedAsync(second);
        Assert.False(second.IsCompleted);
        hold.Release();
        await Task.WhenAll(first, second);

        Assert.Equal([$"{stored.Id}|Ada|null|2"], await bank.AccountsAsync(Side.Source));
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: row locks do not wait for another transaction's uncommitted insert, so the delete finds nothing and the row comes after it.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P41_A_delete_reaches_the_follower_after_the_insert_that_came_before_it(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Hold barrier = Hold.At(migration, "write.authority_committed");

        // On the target the row is inserted and not committed: only the key locks make the delete wait for it.
        Task<Account> insert = accounts.InsertAsync(new Account { Owner = "Ada", Balance = 0 });
        await barrier.Reached;
        Task<bool> delete = accounts.DeleteAsync(1);
        await bank.Target.WaitUntilBlockedAsync(delete);
        barrier.Release();
        await Task.WhenAll(insert, delete);

        Assert.True(await delete);
        await Bank.SettleAsync(migration);
        Assert.Equal(0, await bank.Target.CountAsync("account"));
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: the same; here the authority did commit, and rolling the follower back leaves them different for good.</summary>
    [Fact]
    public async Task P19_A_commit_that_was_done_and_whose_answer_is_lost_reaches_the_target_by_its_intent()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Source);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        relay.LoseNextCommitAnswer();

        CommitOutcomeUnknownException exception = await Assert.ThrowsAsync<CommitOutcomeUnknownException>(
            () => accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }));

        Assert.Equal((Side.Source, 1), (exception.Side, relay.CommitsLost));
        Assert.Equal(["1|Ada|null|1"], await bank.AccountsAsync(Side.Source));
        Assert.Equal(0, await bank.Target.CountAsync("account"));
        Assert.Equal(1, await bank.OpenIntentsAsync(Side.Source));
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_transaction_over_two_entities_is_on_both_sides_or_on_none(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        (AccountRepository accounts, EntryRepository entries) = (new(migration), new(migration));

        await using (DualWriteTransaction kept = await migration.BeginTransactionAsync())
        {
            Account account = await accounts.InsertAsync(new Account { Owner = "kept", Balance = 1 }, kept);
            await entries.InsertManyAsync([new Entry { AccountId = account.Id, Line = 1, Note = "a" }, new Entry { AccountId = account.Id, Line = 2, Note = "b" }], kept);
            await accounts.UpdateAsync(account with { Balance = 2 }, kept);
            await entries.DeleteAsync(new EntryKey(account.Id, 1), kept);
            await kept.CommitAsync();
        }

        await using (DualWriteTransaction dropped = await migration.BeginTransactionAsync())
        {
            await accounts.InsertAsync(new Account { Owner = "dropped", Balance = 1 }, dropped);
        }

        Assert.Equal(["1|kept|null|2"], await bank.AccountsAsync(Side.Target));
        Assert.Equal(["1|2|b"], await bank.EntriesAsync(Side.Target));
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_transaction_deletes_children_before_parents_on_the_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        (AccountRepository accounts, EntryRepository entries) = (new(migration), new(migration));
        Account account = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await entries.InsertAsync(new Entry { AccountId = account.Id, Line = 1 });

        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await entries.DeleteAsync(new EntryKey(account.Id, 1), transaction);
        await accounts.DeleteAsync(account.Id, transaction);
        await transaction.CommitAsync();

        Assert.Equal(0, await bank.Target.CountAsync("account"));
        Assert.Equal(0, await bank.Target.CountAsync("entry"));
    }

    /// <summary>The naive way: ids are given out again after the table was emptied, and a late clear removes another write's intent.</summary>
    [Fact]
    public async Task P45_An_intent_number_is_never_used_again()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        string first = (await bank.Source.RowsAsync("SELECT MAX(id) FROM dbmove_intent"))[0];
        await Bank.SettleAsync(migration);
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));

        await accounts.InsertAsync(new Account { Owner = "Bob", Balance = 1 });

        Assert.NotEqual(first, (await bank.Source.RowsAsync("SELECT MAX(id) FROM dbmove_intent"))[0]);
    }

    /// <summary>Ends every other session of a database when the point is passed for the first time.</summary>
    private static void TerminateAt(Migration migration, Database database, string point)
    {
        int passed = 0;
        migration.Context.Probes.Handler = async (reached, _) =>
        {
            if (reached == point && Interlocked.Increment(ref passed) == 1)
            {
                await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
        };
    }
}
