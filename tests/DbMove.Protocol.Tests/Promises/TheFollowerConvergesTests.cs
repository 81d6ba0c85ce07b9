using DbMove.Mapping;
using DbMove.Protocol.Tests.Setup;
using DbMove.Repair;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Promise 2: in a dual stage the follower converges to the authority without anyone's help.</summary>
public sealed class TheFollowerConvergesTests(PostgreSqlServer server)
{
    /// <summary>The naive way: the row is read without a lock, a live write passes, and the older row is written after it.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P04_A_repair_that_has_read_the_authority_never_writes_an_older_row(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        Account stored = await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 99");
        Hold barrier = Hold.At(migration, "repair.authority_read");

        Task<RepairReport> repair = new AccountFixer(migration).RepairAsync([stored.Id]);
        await barrier.Reached;
        Task<Account?> write = new AccountRepository(other).UpdateAsync(stored with { Balance = 2 });
        await bank.Source.WaitUntilBlockedAsync(write);
        barrier.Release();
        await Task.WhenAll(repair, write);

        await Bank.SettleAsync(other);
        Assert.Equal([$"{stored.Id}|Ada|null|2"], await bank.AccountsAsync(Side.Target));
    }

    /// <summary>The naive way: the batch waits for the one row, fails as a whole, and is read again from its beginning for as long as the lock lasts.</summary>
    [Theory]
    [InlineData(Side.Source)]
    [InlineData(Side.Target)]
    public async Task A_row_that_somebody_holds_does_not_hold_up_the_repair_of_the_others(Side side)
    {
        const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)";
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.FollowerTimeout = TimeSpan.FromSeconds(2));
        await bank.Source.ExecuteAsync(
            $$"""
            {{Numbers}} INSERT INTO account (id, owner, balance) SELECT i, 'o' || i, i FROM n;
            {{Numbers}} INSERT INTO dbmove_intent (migration, entity, key, operation, epoch, created_at) SELECT 'bank', 'account', '["' || i || '"]', 'upsert', 2, 0 FROM n
            """);
        await bank.Target.ExecuteAsync($"{Numbers} INSERT INTO account (id, owner, amount) SELECT i, 'old', 0 FROM n");
        await using (await bank.On(side).BeginAsync("SELECT id FROM account WHERE id = 7 FOR UPDATE"))
        {
            await migration.IntentRepair.RunOnceAsync(TimeSpan.Zero, default).WaitAsync(TimeSpan.FromMinutes(2));

            Assert.Equal(["[\"7\"]"], await bank.Source.RowsAsync("SELECT key FROM dbmove_intent"));
            Assert.Equal(19, await bank.Target.CountAsync("account WHERE owner <> 'old'"));
        }

        Assert.Equal(1, (await new AccountFixer(migration).RepairAsync([7])).Repaired);
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_row_that_comes_back_while_a_repair_takes_it_for_absent_is_not_deleted(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (5, 'extra', 0)");
        Hold hold = Hold.At(migration, "repair.authority_read");

        Task<RepairReport> repair = new AccountFixer(migration).RepairAsync([5]);
        await hold.Reached;
        Task<Account> write = new AccountRepository(other).UpsertAsync(new Account { Id = 5, Owner = "Ada", Balance = 1 });
        if (bank.Source.IsPostgreSql)
        {
            // On SQLite the repair holds the source's write lock, so the write comes after it.
            await write;
        }

        hold.Release();
        await Task.WhenAll(repair, write);

        Assert.Equal(["5|Ada|null|1"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: the fixer copies source to target whatever the stage, and after the switch overwrites the newest row.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P01_P02_A_repair_goes_in_the_direction_of_the_current_stage(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.TargetFirst);
        Account stored = await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await bank.Source.ExecuteAsync("UPDATE account SET balance = 99");

        RepairReport report = await new AccountFixer(migration).RepairAsync([stored.Id]);

        Assert.Equal(1, report.Repaired);
        Assert.Equal([$"{stored.Id}|Ada|null|1"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: one refused key, and its whole batch is repaired key by key; what an outage left takes hours.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_refused_key_does_not_make_its_batch_go_one_by_one(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Repair.BatchSize = 40);
        (AccountRepository accounts, EntryRepository entries) = (new(migration), new(migration));
        IReadOnlyList<Account> stored = await accounts.InsertManyAsync([.. Enumerable.Range(0, 40).Select(number => new Account { Owner = "a" + number })]);
        await entries.InsertAsync(new Entry { AccountId = stored[0].Id, Line = 1 });
        await migration.Clearer.FlushAsync(default);

        // The follower refuses nothing, it only never hears of these writes: so their intents stay.
        migration.Context.Probes.Handler = (point, _) => point == "write.follower_committing" ? throw new IOException("lost") : default;
        foreach (Account account in stored)
        {
            await WriteAsync(() => accounts.UpdateAsync(account with { Balance = 5 }));
        }

        await WriteAsync(() => entries.DeleteAsync(new EntryKey(stored[0].Id, 1)));
        await WriteAsync(() => accounts.DeleteAsync(stored[0].Id));
        int attempts = 0;
        migration.Context.Probes.Handler = (point, _) =>
        {
            attempts += point == "repair.examined" ? 1 : 0;
            return default;
        };

        // The first batch has the account, which is gone, and not its entry.
        Assert.Equal(39, await migration.IntentRepair.RunOnceAsync(TimeSpan.Zero, default));
        Assert.Equal(3, attempts);
        await bank.Source.ExecuteAsync("UPDATE dbmove_intent SET retry_at = 0");
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));

        static async Task WriteAsync(Func<Task> write)
        {
            try
            {
                await write();
            }
            catch (IOException)
            {
                // The authority has committed by then.
            }
        }
    }

    /// <summary>The naive way: each intent is replayed as the operation it names, and the delete comes last.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P06_A_key_that_was_deleted_and_inserted_again_is_repaired_to_its_last_row(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "old", Email = "x@x", Balance = 1 });
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => accounts.DeleteAsync(stored.Id));
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => accounts.UpsertAsync(stored with { Owner = "new" }));

        await Bank.SettleAsync(migration);

        Assert.Equal([$"{stored.Id}|new|x@x|1"], await bank.AccountsAsync(Side.Target));
    }

    /// <summary>The naive way: an upsert by key fails for ever on the other unique value, or a replace deletes the holder and, by cascade, its children.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P07_Two_rows_that_swapped_a_unique_value_are_repaired_and_their_children_stay(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        (AccountRepository accounts, EntryRepository entries) = (new(migration), new(migration));
        Account ada = await accounts.InsertAsync(new Account { Owner = "Ada", Email = "a@x", Balance = 1 });
        Account bob = await accounts.InsertAsync(new Account { Owner = "Bob", Email = "b@x", Balance = 1 });
        await entries.InsertAsync(new Entry { AccountId = ada.Id, Line = 1, Note = "child" });
        await Bank.SettleAsync(migration);
        await using (DualWriteTransaction swap = await migration.BeginTransactionAsync())
        {
            await accounts.UpdateAsync(ada with { Email = null }, swap);
            await accounts.UpdateAsync(bob with { Email = "a@x" }, swap);
            await accounts.UpdateAsync(ada with { Email = "b@x" }, swap);
            await swap.CommitAsync();
        }

        await Bank.SettleAsync(migration);

        Assert.Equal([$"{ada.Id}|Ada|b@x|1", $"{bob.Id}|Bob|a@x|1"], await bank.AccountsAsync(Side.Target));
        Assert.Equal([$"{ada.Id}|1|child"], await bank.EntriesAsync(Side.Target));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Repairing_only_one_of_two_rows_that_swapped_finds_the_other(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Account ada = await accounts.InsertAsync(new Account { Owner = "Ada", Email = "a@x", Balance = 1 });
        Account bob = await accounts.InsertAsync(new Account { Owner = "Bob", Email = "b@x", Balance = 1 });
        await bank.Target.ExecuteAsync("UPDATE account SET email = NULL; UPDATE account SET email = 'b@x' WHERE owner = 'Ada'; UPDATE account SET email = 'a@x' WHERE owner = 'Bob'");

        RepairReport report = await new AccountFixer(migration).RepairAsync([ada.Id]);

        Assert.Equal(2, report.Repaired);
        await bank.AssertEqualAsync();
        Assert.NotEqual(ada.Id, bob.Id);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_child_whose_parent_is_missing_is_repaired_after_its_parent(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        (AccountRepository accounts, EntryRepository entries) = (new(migration), new(migration));
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }));
        await entries.InsertAsync(new Entry { AccountId = 1, Line = 1 });
        Assert.Equal(0, await bank.Target.CountAsync("entry"));

        await Bank.SettleAsync(migration);

        await bank.AssertEqualAsync();
        Assert.Equal(1, await bank.Target.CountAsync("entry"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_row_that_the_follower_refuses_is_parked_with_its_reason_and_visible(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Target.ExecuteAsync("DROP TABLE entry; DROP TABLE account");
        string id = bank.Target.IsPostgreSql ? "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY" : "INTEGER PRIMARY KEY AUTOINCREMENT";
        await bank.Target.ExecuteAsync(
            $"CREATE TABLE account (id {id}, owner TEXT NOT NULL, email TEXT UNIQUE, amount BIGINT NOT NULL CHECK (amount >= 0)); CREATE TABLE entry (account_id BIGINT NOT NULL REFERENCES account(id), line INTEGER NOT NULL, note TEXT, PRIMARY KEY (account_id, line))");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            options.Repair.MaximumAttempts = 1;
        });
        AccountRepository accounts = new(migration);
        await accounts.InsertManyAsync([new Account { Owner = "bad", Balance = -1 }, new Account { Owner = "good", Balance = 1 }]);

        await Bank.SettleAsync(migration);

        Assert.Equal(["2|good|null|1"], await bank.AccountsAsync(Side.Target));
        GateReport gate = await migration.CheckGateAsync(Stage.TargetFirst);
        Assert.False(gate.Conditions.Single(condition => condition.Name == "no_parked_intents").IsMet);
        Assert.Contains("account", (await bank.Source.RowsAsync("SELECT entity FROM dbmove_intent WHERE parked_at IS NOT NULL AND reason IS NOT NULL"))[0], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Promise_5_A_write_in_flight_is_pending_and_never_an_inconsistency(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await Bank.SettleAsync(migration);
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => accounts.UpdateAsync(stored with { Balance = 2 }));

        Assert.Equal(KeyVerdict.Pending, await ConfirmAsync(migration, stored.Id));
        await Bank.SettleAsync(migration);
        Assert.Equal(KeyVerdict.Equal, await ConfirmAsync(migration, stored.Id));
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 99");
        Assert.Equal(KeyVerdict.Different, await ConfirmAsync(migration, stored.Id));
        Assert.Equal([$"{stored.Id}|Ada|null|99"], await bank.AccountsAsync(Side.Target));
    }

    private static async Task<KeyVerdict> ConfirmAsync(Migration migration, long id)
    {
        EntityBinding account = migration.Context.FindEntity("account")!;
        IReadOnlyList<KeyFinding>? findings = await new KeyConfirmation(migration.Context)
            .RunAsync(migration.Context.Stage.Last!, account, [AccountMap.FormatKey(id)], (_, _, _) => Task.CompletedTask, default);
        return Assert.Single(findings!).Verdict;
    }
}
