using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Pitfalls;

/// <summary>P03, P05, P06: how the tool itself destroys data. P01, P02, P04 and P07 are in <see cref="Promises.TheFollowerConvergesTests"/>.</summary>
public sealed class DataDestroyedTests(PostgreSqlServer server)
{
    /// <summary>The naive way: the exception of the read is swallowed, no row came, so the follower's row is deleted.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task P03_A_read_of_the_authority_that_fails_or_times_out_proves_nothing(bool isKilled)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Account stored = await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        Migration repairing = await bank.StartAsync(options =>
            (options.PauseBudget, options.LockTimeout) = isKilled ? (options.PauseBudget, options.LockTimeout) : (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200)));
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 99");

        await using (await bank.Source.BeginAsync("SELECT 1 FROM account FOR UPDATE"))
        {
            Task<RepairReport> repair = new AccountFixer(repairing).RepairAsync([stored.Id]);
            if (isKilled)
            {
                await bank.Source.WaitUntilBlockedAsync(repair);
                await bank.Source.EndSessionsAsync("wait_event_type = 'Lock'");
                Assert.NotNull(await Record.ExceptionAsync(() => repair));
            }
            else
            {
                RepairReport report = await repair;
                Assert.Equal((0, 0, 1), (report.Repaired, report.AlreadyConsistent, report.Unsettled));
            }
        }

        Assert.Equal([$"{stored.Id}|Ada|null|99"], await bank.AccountsAsync(Side.Target));
    }

    /// <summary>The naive way: absent at the first read is absent for ever, and the second read is skipped or its failure ignored.</summary>
    [Fact]
    public async Task P03_An_absence_that_cannot_be_confirmed_deletes_nothing()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (5, 'extra', 0)");
        Hold hold = Hold.At(migration, "repair.authority_read");

        Task<RepairReport> repair = new AccountFixer(migration).RepairAsync([5]);
        await hold.Reached;
        await bank.Source.EndSessionsAsync("state = 'idle in transaction'");
        hold.Release();

        Assert.NotNull(await Record.ExceptionAsync(() => repair));
        Assert.Equal(["5|extra|null|0"], await bank.AccountsAsync(Side.Target));
    }

    /// <summary>The naive way: the range that was read before is written over the newer row.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P05_Writes_between_the_reading_of_a_range_and_its_writing_win(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);
        AccountRepository accounts = new(migration);
        Hold hold = Hold.At(migration, "backfill.range_read");

        await migration.Backfill.StartAsync();
        await hold.Reached;
        await accounts.UpdateAsync(new Account { Id = 2, Owner = "newer", Balance = 20 });
        await accounts.DeleteAsync(3);
        hold.Release();
        Assert.Equal(BackfillState.Completed, (await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);

        Assert.Contains("2|newer|null|20", await bank.AccountsAsync(Side.Target));

        // A row that was deleted inside the claim may be there once more, for the validation that always follows.
        await Bank.SettleAsync(migration);
        await Outbox.ValidateAsync(migration);
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        Assert.Equal(["1|a|null|1", "2|newer|null|20"], await bank.AccountsAsync(Side.Target));
    }

    /// <summary>The naive way: the repair of the delete reads "absent", the key comes back, and the delete is carried out.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P06_A_key_that_comes_back_while_its_delete_is_repaired_stays(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "old", Email = "x@x", Balance = 1 });
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => accounts.DeleteAsync(stored.Id));
        Hold hold = Hold.At(migration, "repair.authority_read");

        Task<int> repair = migration.IntentRepair.RunOnceAsync(TimeSpan.Zero, default);
        await hold.Reached;
        Task<Account> write = new AccountRepository(other).UpsertAsync(stored with { Owner = "new" });
        if (bank.Source.IsPostgreSql)
        {
            // On SQLite the repair holds the source's write lock, so the key comes back after it.
            await write;
        }

        hold.Release();
        await Task.WhenAll(repair, write);

        await Bank.SettleAsync(other);
        Assert.Equal([$"{stored.Id}|new|x@x|1"], await bank.AccountsAsync(Side.Target));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    /// <summary>The naive way: the delete is already decided, the key is written again behind its back, and then it is deleted.</summary>
    [Fact]
    public async Task P06_A_key_that_is_written_after_its_absence_was_confirmed_waits_for_the_delete()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (5, 'extra', 0)");
        Hold hold = Hold.At(migration, "repair.examined");

        Task<RepairReport> repair = new AccountFixer(migration).RepairAsync([5]);
        await hold.Reached;
        Task<Account> write = new AccountRepository(other).UpsertAsync(new Account { Id = 5, Owner = "new", Balance = 1 });
        await bank.Target.WaitUntilBlockedAsync(write);
        Assert.False(write.IsCompleted);
        hold.Release();
        await Task.WhenAll(repair, write);

        Assert.Equal(["5|new|null|1"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }
}
