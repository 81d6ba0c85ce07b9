using DbMove.Dialects;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Statements of repositories' methods: under the same protocol as every other write. Plain SQL is the oracle.</summary>
public sealed class SqlMethodTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_write_runs_on_the_authority_of_every_stage_and_reaches_the_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'Ada', 1), (2, 'Ada', 2), (3, 'Bob', 3)");
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (1, 'Ada', 1), (2, 'Ada', 2), (3, 'Bob', 3)");
        Migration migration = await bank.StartAsync();
        AccountRepository accounts = new(migration);
        for (long added = 10; ; added += 10)
        {
            Assert.Equal(2, await accounts.AddAsync("Ada", 10));

            Side authority = migration.Stage >= Stage.TargetFirst ? Side.Target : Side.Source;
            Assert.Equal([$"1|Ada|null|{added + 1}", $"2|Ada|null|{added + 2}", "3|Bob|null|3"], await bank.AccountsAsync(authority));
            Assert.Equal(added + 1, (await accounts.FindTwoAsync(1, 3))[1].Balance);
            if (migration.Stage is Stage.SourceFirst or Stage.TargetFirst)
            {
                await bank.AssertEqualAsync();
                await Bank.SettleAsync(migration);
                Assert.Equal(0, await bank.OpenIntentsAsync(authority));
            }

            if (migration.Stage == Stage.Completed)
            {
                return;
            }

            await migration.SwitchAsync(migration.Stage + 1, Bank.Forced);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_images_come_back_and_numbers_that_the_database_makes_are_the_same_on_both_sides(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        AccountRepository accounts = new(await bank.StartAsync(Stage.SourceFirst));

        long id = await accounts.OpenAsync("Ada", "a@x");
        Assert.Equal(new Account { Id = id, Owner = "Ada", Email = "a@x", Balance = 7 }, await accounts.SetBalanceAsync("Ada", 7));
        Assert.Null(await accounts.SetBalanceAsync("Nobody", 7));
        Assert.Equal(1, await accounts.CopyAllAsync("2"));
        Assert.Equal(2, await accounts.CountAsync());
        await bank.AssertEqualAsync();

        Assert.Equal(2, (await accounts.DeletePoorAsync(8)).Select(account => account.Owner).Order(StringComparer.Ordinal).Intersect(["Ada", "Ada2"]).Count());
        Assert.Empty(await accounts.DeletePoorAsync(8));
        Assert.Equal(0, await bank.Target.CountAsync("account"));
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_method_of_one_row_whose_statement_meets_two_writes_nothing(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        AccountRepository accounts = new(await bank.StartAsync(Stage.SourceFirst));
        await accounts.InsertManyAsync([new Account { Owner = "Ada", Balance = 1 }, new Account { Owner = "Ada", Balance = 2 }]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => accounts.SetBalanceAsync("Ada", 9));
        await Assert.ThrowsAsync<InvalidOperationException>(() => accounts.FindByOwnerAsync("A%"));

        Assert.Equal(["1", "2"], await bank.Source.RowsAsync("SELECT balance FROM account ORDER BY id"));
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Statements_and_other_calls_share_a_transaction(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Account ada = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await Bank.SettleAsync(migration);

        await using (DualWriteTransaction undone = await migration.BeginTransactionAsync())
        {
            Assert.Equal(1, await accounts.AddAsync("Ada", 5, undone));
            Assert.Equal(6, (await accounts.FindByOwnerAsync("Ada", undone))!.Balance);
            await accounts.DeletePoorAsync(100, undone);
            Assert.Equal(0, await accounts.CountAsync(undone));
            await undone.RollbackAsync();
        }

        Assert.Equal([$"{ada.Id}|Ada|null|1"], await bank.AccountsAsync(Side.Source));
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));

        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            await accounts.UpdateAsync(ada with { Balance = 10 }, transaction);
            await transaction.SaveAsync("here");
            await accounts.CopyAllAsync("2", transaction);
            await transaction.RollbackAsync("here");
            await accounts.AddAsync("Ada", 5, transaction);
            List<long> seen = [];
            await foreach (Account account in accounts.StreamAsync(transaction))
            {
                seen.Add(account.Balance);
            }

            Assert.Equal([15], seen);
            await transaction.CommitAsync();
        }

        Assert.Equal([$"{ada.Id}|Ada|null|15"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way replays the text on the follower: whichever of the two is later there is not whichever was later here.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_statement_and_a_write_of_the_same_row_leave_both_sides_equal(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Account ada = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        foreach (string point in new[] { "write.executed", "write.follower_applied" })
        {
            Hold hold = Hold.At(migration, point);
            Task<int> statement = Task.Run(() => accounts.AddAsync("Ada", 100));
            await hold.Reached;
            Task<Account?> write = Task.Run(() => accounts.UpdateAsync(ada with { Balance = 5, Email = point }));
            await bank.Source.WaitUntilBlockedAsync(write);
            hold.Release();

            Assert.Equal(1, await statement);
            Assert.Equal(5, (await write)!.Balance);
            Assert.Equal([$"{ada.Id}|Ada|{point}|5"], await bank.AccountsAsync(Side.Source));
            await bank.AssertEqualAsync();
        }

        Hold first = Hold.At(migration, "write.follower_applied");
        Task<Account?> update = Task.Run(() => accounts.UpdateAsync(ada with { Balance = 7 }));
        await first.Reached;
        Task<int> add = Task.Run(() => accounts.AddAsync("Ada", 100));
        await bank.Source.WaitUntilBlockedAsync(add);
        first.Release();
        await Task.WhenAll(update, add);

        Assert.Equal([$"{ada.Id}|Ada|null|107"], await bank.AccountsAsync(Side.Source));
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_crash_between_the_commits_leaves_an_intent_for_every_row(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        await accounts.InsertManyAsync([.. Enumerable.Range(0, 5).Select(_ => new Account { Owner = "Ada", Balance = 1 })]);
        await Bank.SettleAsync(migration);
        Crash.At(migration, "write.authority_committed");

        await Assert.ThrowsAsync<Crash>(() => accounts.AddAsync("Ada", 1));

        Assert.Equal(["2"], await bank.Source.RowsAsync("SELECT DISTINCT balance FROM account"));
        Assert.Equal(["1"], await bank.Target.RowsAsync("SELECT DISTINCT amount FROM account"));
        Assert.Equal(5, await bank.OpenIntentsAsync(Side.Source));
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Many_rows_reach_the_follower_in_ranges(Engine engine)
    {
        const int Rows = 2_500;
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync($"INSERT INTO account (id, owner, balance) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) SELECT i, 'Ada', i FROM n");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        if (bank.Target.IsPostgreSql)
        {
            await RecordRangesAsync(bank.Target);
        }

        Assert.Equal(Rows, await accounts.AddAsync("Ada", 1));
        Assert.Equal(Rows, await bank.Target.CountAsync("account"));
        await bank.AssertEqualAsync();
        await Bank.SettleAsync(migration);
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));

        Assert.Equal(Rows - 1, (await accounts.DeletePoorAsync(Rows + 1)).Count);
        Assert.Equal([$"{Rows}"], await bank.Target.RowsAsync("SELECT id FROM account"));

        // On SQLite every row is a statement by itself.
        if (bank.Target.IsPostgreSql)
        {
            Assert.Equal(["INSERT|1000", "INSERT|1000", "INSERT|500", "DELETE|1000", "DELETE|1000", "DELETE|499"], await bank.Target.RowsAsync("SELECT what, held FROM range_of_rows ORDER BY id"));
        }
    }

    /// <summary>
    /// The server updates rows as they lie, here from the last key to the first, and never meets a value twice; the follower gets the
    /// images in key order, and does.
    /// </summary>
    [Fact]
    public async Task Unique_values_that_move_by_one_are_left_to_the_repair_and_refused_in_strict_mode()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        foreach ((Database database, string balance) in new[] { (bank.Source, "balance"), (bank.Target, "amount") })
        {
            await database.ExecuteAsync($"INSERT INTO account (id, owner, email, {balance}) VALUES (3, 'Ada', 'xxx', 0), (2, 'Ada', 'xx', 0), (1, 'Ada', 'x', 0)");
        }

        Migration strict = await bank.StartAsync(Stage.SourceFirst, options => options.FollowerFailure = FollowerFailure.FailWrite);
        FollowerWriteException refused = await Assert.ThrowsAsync<FollowerWriteException>(() => new AccountRepository(strict).LengthenEmailsAsync());
        Assert.Equal(FailureKind.UniqueClash, refused.Kind);
        Assert.Equal(["x", "xx", "xxx"], await bank.Source.RowsAsync("SELECT email FROM account ORDER BY id"));
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));

        Migration migration = await bank.StartAsync();
        Assert.Equal(3, await new AccountRepository(migration).LengthenEmailsAsync());
        Assert.Equal(["x", "xx", "xxx"], await bank.Target.RowsAsync("SELECT email FROM account ORDER BY id"));
        await Bank.SettleAsync(migration);
        Assert.Equal(["xx", "xxx", "xxxx"], await bank.Target.RowsAsync("SELECT email FROM account ORDER BY id"));
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Queries_give_entities_records_values_and_streams(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        await accounts.InsertManyAsync([new Account { Owner = "Ada", Balance = 1, Email = "a@x" }, new Account { Owner = "Ada", Balance = 2 }, new Account { Owner = "Bob", Balance = 3 }]);

        // Whose columns are meant nobody could tell.
        await Assert.ThrowsAsync<InvalidOperationException>(() => accounts.FindOfEntriesAsync());

        // The same on the target, where the column has another name.
        for (int side = 0; side < 2; side++)
        {
            Assert.Equal([new Holding("Ada", 3, 2, "a@x"), new Holding("Bob", 3, 1, null)], await accounts.SumAsync());
            Assert.Equal(3, await accounts.CountAsync());
            Assert.Null(await accounts.FindEmailAsync("Bob"));
            Assert.Null(await accounts.FindEmailAsync("Nobody"));
            Assert.Equal(3, (await accounts.FindByOwnerAsync("B%"))!.Balance);
            List<string> streamed = [];
            await foreach (Account account in accounts.StreamAsync())
            {
                streamed.Add($"{account.Owner}{account.Balance}");
                if (streamed.Count == 2)
                {
                    break;
                }
            }

            Assert.Equal(["Ada1", "Ada2"], streamed);
            if (side == 0)
            {
                await Bank.SettleAsync(migration);
                await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
            }
        }
    }

    /// <summary>The naive way decides by the side that it knew: there the function writes nothing.</summary>
    [Fact]
    public async Task A_stream_is_held_to_reading_by_the_side_that_it_runs_on()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.SqliteToPostgreSql, server);
        await bank.Target.ExecuteAsync("CREATE FUNCTION touch(bigint) RETURNS bigint LANGUAGE sql AS 'UPDATE account SET amount = amount + 10 WHERE id = $1 RETURNING amount'");
        Migration sleeper = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(sleeper);
        await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await Bank.SettleAsync(sleeper);
        await sleeper.Member.BeatAsync(default);
        Migration other = await bank.StartAsync();
        await other.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Assert.Equal(Stage.SourceFirst, sleeper.Stage);

        await using (DualWriteTransaction transaction = await sleeper.BeginTransactionAsync())
        {
            await Assert.ThrowsAsync<StatementRefusedException>(async () =>
            {
                await foreach (long _ in accounts.TouchAsync(transaction))
                {
                }

                await transaction.CommitAsync();
            });
        }

        Assert.Equal(["1"], await bank.Target.RowsAsync("SELECT amount FROM account"));
    }

    /// <summary>Every statement on the accounts tells how many rows it wrote.</summary>
    private static Task RecordRangesAsync(Database database) => database.ExecuteAsync(
        """
        CREATE TABLE range_of_rows (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what TEXT NOT NULL, held BIGINT NOT NULL);
        CREATE FUNCTION record_range() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO range_of_rows (what, held) SELECT TG_OP, COUNT(*) FROM written HAVING COUNT(*) > 0;
            RETURN NULL;
        END $$;
        CREATE TRIGGER inserted AFTER INSERT ON account REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION record_range();
        CREATE TRIGGER deleted AFTER DELETE ON account REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION record_range();
        """);
}
