using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Pitfalls;

/// <summary>P36 to P39: what makes the tool itself the outage. P32 to P34 are in <see cref="Promises.OneAuthorityTests"/>, P35 in tests/DbMove.Runtime.Tests.</summary>
public sealed class OperationsTests(PostgreSqlServer server)
{
    /// <summary>The naive way: all keys of a side, or all differences, are gathered before they are compared or published.</summary>
    [Fact]
    public async Task P36_Neither_the_rows_of_a_table_nor_its_differences_pile_up_in_memory()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        foreach (Database database in (Database[])[bank.Source, bank.Target])
        {
            await database.ExecuteAsync("CREATE TABLE ballast (id BIGINT PRIMARY KEY, content TEXT)");
        }

        // All of them are missing on the target: as many differences as rows.
        await bank.Source.ExecuteAsync("INSERT INTO ballast SELECT i, 'x' FROM generate_series(1, 3000) AS i");
        bank.Additional = builder => builder.AddEntity<Ballast>();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            (options.Validation.Workers, options.Validation.PageSize, options.Validation.SuspectDelay, options.Validation.SampleSize) = (1, 20, TimeSpan.Zero, 10);
            (options.Backfill.Workers, options.Backfill.InitialChunk, options.Backfill.MaximumChunk) = (1, 20, 20);
        });
        int most = 0;
        int points = 0;
        migration.Context.Probes.Handler = (point, _) =>
        {
            if (point is "validation.page_read" or "backfill.range_read" && ++points % 30 == 0)
            {
                most = Math.Max(most, Ballast.Count().Held);
            }

            return default;
        };

        ValidationReport report = await Outbox.ValidateAsync(migration);
        Assert.Equal((3000L, 10), (report.Differences, report.Sample.Count));
        await migration.Backfill.StartAsync();
        Assert.Equal(BackfillState.Completed, (await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);

        // A worker holds a page of each side, and what the repair's locks cover: 200 rows at once.
        Assert.True(Ballast.Count().Read >= 6000);
        Assert.InRange(most, 1, 500);
    }

    /// <summary>The naive way: one snapshot for the whole pass, and the server can remove no dead row until it is over.</summary>
    [Fact]
    public async Task P37_No_transaction_of_backfill_or_validation_lasts_beyond_its_page()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) SELECT i, 'o', i FROM generate_series(1, 60) AS i");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            (options.Validation.Workers, options.Validation.PageSize, options.Validation.SuspectDelay) = (1, 10, TimeSpan.Zero);
            (options.Backfill.Workers, options.Backfill.InitialChunk, options.Backfill.MaximumChunk) = (1, 10, 10);
        });
        List<HashSet<string>> seen = [];
        migration.Context.Probes.Handler = async (point, _) =>
        {
            if (point is "backfill.range_read" or "validation.page_read" or "validation.suspects")
            {
                const string open = "SELECT pid, xact_start FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL";
                seen.Add([.. (await bank.Source.RowsAsync(open)).Concat(await bank.Target.RowsAsync(open))]);
            }
        };

        await Outbox.ValidateAsync(migration);
        await migration.Backfill.StartAsync();
        await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await Outbox.ValidateAsync(migration);

        Assert.True(seen.Count >= 12, $"Only {seen.Count} points were passed.");
        Assert.All(seen.Zip(seen.Skip(1)), two => Assert.Empty(two.First.Intersect(two.Second)));
    }

    /// <summary>The naive way: a write holds one connection of the pool and asks it for a second; as many writers as connections wait for each other.</summary>
    [Fact]
    public async Task P38_With_one_connection_a_side_everything_still_works()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        bank.LimitConnections(1);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            options.Validation.SuspectDelay = TimeSpan.Zero;
            options.FollowerTimeout = options.LockTimeout = TimeSpan.FromSeconds(30);
        });
        AccountRepository accounts = new(migration);

        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => accounts.InsertAsync(new Account { Owner = "Ada", Balance = number }))).WaitAsync(TimeSpan.FromMinutes(1));
        await Bank.SettleAsync(migration);
        await migration.Backfill.StartAsync();
        Assert.Equal(BackfillState.Completed, (await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 0 WHERE id = 3");
        Assert.Equal(1, (await Outbox.ValidateAsync(migration)).Differences);
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            Account stored = await accounts.InsertAsync(new Account { Owner = "Bob", Balance = 1 }, transaction);
            await accounts.UpdateAsync(stored with { Balance = 2 }, transaction);
            await transaction.CommitAsync();
        }

        await bank.AssertEqualAsync();
        Assert.Equal(21, await bank.Source.CountAsync("account"));
    }

    /// <summary>The naive way: before the first switch a commit asks the pool for a second connection to read the stage again, while it holds the only one.</summary>
    [Theory, InlineData(Stage.Initial), InlineData(Stage.SourceOnly), InlineData(Stage.SourceFirst)]
    public async Task P38_Before_the_first_switch_a_commit_with_an_old_stage_needs_no_second_connection(Stage reached)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration other = await bank.StartAsync();
        bank.LimitConnections(1);
        SuspendedTime time = new();
        Migration migration = await bank.StartAsync(time: time);
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        for (Stage stage = Stage.SourceOnly; stage <= reached; stage++)
        {
            await other.SwitchAsync(stage, Bank.Forced);
        }

        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction);
        time.Asleep = TimeSpan.FromHours(1);
        if (reached == Stage.SourceFirst)
        {
            await Assert.ThrowsAsync<StageMovedException>(() => transaction.CommitAsync());
        }
        else
        {
            await transaction.CommitAsync();
        }

        Assert.Equal(reached == Stage.SourceFirst ? 0 : 1, await bank.Source.CountAsync("account"));
    }

    /// <summary>The naive way: the stop comes before the loop has made its token, and the work runs on.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P39_A_stop_right_after_the_start_is_not_missed(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);

        // Whatever does not hear the stop never ends.
        migration.Context.Probes.Handler = static async (_, cancellationToken) => await (cancellationToken.CanBeCanceled ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask);

        await migration.Validation.StartFullAsync();
        await migration.Validation.StopFullAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await migration.Backfill.StartAsync();
        await migration.Backfill.StopAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(ValidationState.Stopped, (await migration.Validation.WaitFullAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);
        Assert.Equal(BackfillState.Stopped, (await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);
        migration.Context.Probes.Handler = null;
        await migration.Backfill.StartAsync();
        Assert.Equal(BackfillState.Completed, (await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: what the background work has in hand dies with it, and nobody knows of it any more.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P39_A_shutdown_clears_what_was_written_and_leaves_what_was_not(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.StartAsync(Stage.SourceFirst);
        Migration migration = await bank.StartAsync(options => (options.RunBackgroundWork, options.Repair.IntentDelay) = (true, TimeSpan.FromMinutes(1)));
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => accounts.InsertAsync(new Account { Owner = "Bob", Balance = 2 }));

        await migration.DisposeAsync();

        Assert.Equal(["[\"2\"]"], await bank.Source.RowsAsync("SELECT key FROM dbmove_intent"));
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
        Assert.Equal(2, await bank.Target.CountAsync("account"));
    }
}
