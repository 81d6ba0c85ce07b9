using DbMove.Control;
using DbMove.Protocol.Tests.Setup;
using DbMove.Reads;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>
/// The read ramp: a share of keys is read from the target, and nobody is given an older row than the last acknowledged write.
/// Where a test has to see which side answered, the target's rows are changed behind DbMove's back.
/// </summary>
public sealed class ReadRampTests(PostgreSqlServer server)
{
    /// <summary>Only tells an end from none; no test passes because something was fast.</summary>
    private static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Exactly_the_keys_under_the_percentage_are_read_from_the_target_in_every_process(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration one = await ReadyAsync(bank, rows: 60);
        Migration two = await LookAsync(await bank.StartAsync(options => options.Reads.TargetPercentage = 100));
        await bank.Target.ExecuteAsync("UPDATE account SET owner = 'target'");
        foreach (int percentage in (int[])[0, 1, 40, 70, 100])
        {
            one.Reads.TargetPercentage = two.Reads.TargetPercentage = percentage;
            long[] expected = [.. Enumerable.Range(1, 60).Select(id => (long)id).Where(id => RampBucket.Of("account", $"[\"{id}\"]") < percentage)];

            Assert.Equal(expected, await FromTargetAsync(one));
            Assert.Equal(expected, await FromTargetAsync(two));
            List<long> single = [];
            for (int id = 1; id <= 60; id++)
            {
                single.AddRange((await new AccountRepository(two).FindAsync(id))!.Owner == "target" ? [id] : []);
            }

            Assert.Equal(expected, single);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_write_that_the_target_missed_is_never_hidden_in_any_process(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration writer = await ReadyAsync(bank, rows: 3);
        Migration reader = await LookAsync(await bank.StartAsync(options => options.Reads.TargetPercentage = 100));
        await bank.WriteWithoutTargetAsync(async accounts =>
        {
            await accounts.UpdateAsync(new Account { Id = 1, Owner = "new", Balance = 5 });
            await accounts.DeleteAsync(2);
            await accounts.UpsertAsync(new Account { Id = 9, Owner = "nine", Balance = 9 });
        });

        Assert.Equal(["1|o1", "2|o2", "3|o3"], await bank.Target.RowsAsync("SELECT id, owner FROM account ORDER BY id"));
        foreach (Migration each in (Migration[])[writer, reader])
        {
            IReadOnlyList<Account?> rows = await new AccountRepository(each).FindManyAsync([1, 2, 3, 9]);
            Assert.Equal(["new", null, "o3", "nine"], rows.Select(row => row?.Owner));
            Assert.Equal("new", (await new AccountRepository(each).FindAsync(1))?.Owner);
            Assert.Null(await new AccountRepository(each).FindAsync(2));
        }

        Assert.Equal(new RampFigures(1, 5, 0, 0), reader.Reads.Status.Ramp);
        await Bank.SettleAsync(writer);
        await reader.Reads.Readiness.LookAsync(default);
        await bank.Target.ExecuteAsync("UPDATE account SET owner = 'target' WHERE id = 1");
        Assert.Equal("target", (await new AccountRepository(reader).FindAsync(1))?.Owner);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_repair_between_the_check_and_the_targets_read_hides_nothing(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration writer = await ReadyAsync(bank, rows: 2);
        Migration reader = await LookAsync(await bank.StartAsync(options => options.Reads.TargetPercentage = 100));
        await bank.WriteWithoutTargetAsync(accounts => accounts.UpdateAsync(new Account { Id = 1, Owner = "new", Balance = 5 }));

        // The second key keeps the read on its way to the target, past the point. With the target read first and the source asked
        // after, the old row would be taken, and the repair would then remove the intent that tells of it.
        int passed = 0;
        reader.Context.Probes.Handler = async (point, _) =>
        {
            if (point == ReadPoint.Checked && Interlocked.Increment(ref passed) == 1)
            {
                await Bank.SettleAsync(writer);
            }
        };
        IReadOnlyList<Account?> rows = await new AccountRepository(reader).FindManyAsync([1, 2]);

        Assert.Equal(1, passed);
        Assert.Equal(["new", "o2"], rows.Select(row => row?.Owner));
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_process_that_slept_through_the_end_of_dual_writing_does_not_read_what_is_no_longer_written(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration operating = await ReadyAsync(bank, rows: 2);
        Migration sleeper = await LookAsync(await bank.StartAsync(options => options.Reads.TargetPercentage = 100));
        Assert.Equal("o1", (await new AccountRepository(sleeper).FindAsync(1))?.Owner);
        await operating.SwitchAsync(Stage.SourceOnly, Bank.Forced);
        await new AccountRepository(operating).UpdateAsync(new Account { Id = 1, Owner = "new", Balance = 5 });

        Assert.Equal((Stage.SourceFirst, 0), (sleeper.Stage, await bank.OpenIntentsAsync(Side.Source)));
        Assert.Equal("new", (await new AccountRepository(sleeper).FindAsync(1))?.Owner);
        Assert.Equal(Stage.SourceOnly, sleeper.Stage);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Until_a_validation_was_clean_the_source_is_read(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await AddAsync(bank, 2);

        // What a delete that raced with the backfill leaves there, and a row from before.
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (1, 'old', 1), (7, 'deleted', 1)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Reads.TargetPercentage = 100);
        AccountRepository accounts = new(migration);
        async Task AssertSourceAsync(string why)
        {
            await LookAsync(migration);
            Assert.Equal(["o1", "o2", null], (await accounts.FindManyAsync([1, 2, 7])).Select(row => row?.Owner));
            Assert.False(migration.Reads.Status.IsTargetRead);
            Assert.Contains(why, migration.Reads.Status.Detail, StringComparison.Ordinal);
        }

        await AssertSourceAsync("no full validation yet");
        await BackfillAsync(migration);
        Assert.Equal(ValidationState.Differences, (await ValidateAsync(migration)).State);
        await AssertSourceAsync("differences");
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        await AssertSourceAsync("differences");
        Assert.Equal(ValidationState.Clean, (await ValidateAsync(migration)).State);
        await LookAsync(migration);
        Assert.True(migration.Reads.Status.IsTargetRead, migration.Reads.Status.Detail);
        await migration.Events.PublishAsync([Outbox.Event("found", 1)]);
        await AssertSourceAsync("1 inconsistencies");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_the_target_lacks_the_source_gives_and_a_dirty_range_keeps_all_reads_there(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await ReadyAsync(bank, rows: 3);
        AccountRepository accounts = new(migration);
        await bank.Target.ExecuteAsync("DELETE FROM account WHERE id = 2; UPDATE account SET owner = 'target'");

        Assert.Equal(["target", "o2", "target", null], (await accounts.FindManyAsync([1, 2, 3, 8])).Select(row => row?.Owner));
        Assert.Equal(new RampFigures(2, 0, 2, 0), migration.Reads.Status.Ramp);

        await bank.Source.ExecuteAsync("INSERT INTO dbmove_dirty (migration, entity, epoch, created_at, reason) VALUES ('bank', 'entry', 2, 0, 'replayed')");
        Assert.Equal(["o1", "o3"], (await accounts.FindManyAsync([1, 3])).Select(row => row?.Owner));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Inside_a_transaction_and_outside_the_stage_the_authority_is_read(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await ReadyAsync(bank, rows: 1);
        AccountRepository accounts = new(migration);
        await bank.Target.ExecuteAsync("UPDATE account SET owner = 'target'");
        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            Assert.Equal("o1", (await accounts.FindAsync(1, transaction))?.Owner);
        }

        Assert.Equal("target", (await accounts.FindAsync(1))?.Owner);
        await bank.Source.ExecuteAsync("UPDATE account SET owner = 'source'");
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Assert.Equal("target", (await accounts.FindAsync(1))?.Owner);
        await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced);
        Assert.Equal("source", (await accounts.FindAsync(1))?.Owner);
    }

    [Theory, MemberData(nameof(Engines.PostgreSqlTarget), MemberType = typeof(Engines))]
    public async Task A_target_that_says_nothing_costs_one_read_its_time_and_no_read_fails(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Target);
        LogRecorder log = new();
        await ReadyAsync(bank, rows: 2);
        Migration migration = await LookAsync(await bank.StartAsync(log: log, configure: options =>
        {
            options.FollowerTimeout = TimeSpan.FromMilliseconds(500);
            options.Reads.TargetPercentage = 100;
        }));
        AccountRepository accounts = new(migration);
        Assert.Equal("o1", (await accounts.FindAsync(1))?.Owner);

        relay.Freeze();
        for (int read = 0; read < 50; read++)
        {
            Assert.Equal("o1", (await accounts.FindAsync(1).WaitAsync(Bound))?.Owner);
        }

        Assert.InRange(migration.Reads.Status.Ramp.Failed, 1, 49);
        Assert.Equal((1, 0), (log.Count(1800), log.Count(1801)));
        relay.Thaw();
        using CancellationTokenSource bound = new(Bound);
        while (log.Count(1801) == 0)
        {
            bound.Token.ThrowIfCancellationRequested();
            Assert.Equal("o1", (await accounts.FindAsync(1))?.Owner);
        }
    }

    /// <summary>A migration in SourceFirst whose target may be read, with so many accounts.</summary>
    private static async Task<Migration> ReadyAsync(Bank bank, int rows)
    {
        await AddAsync(bank, rows);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Reads.TargetPercentage = 100);
        await BackfillAsync(migration);
        Assert.Equal(ValidationState.Clean, (await ValidateAsync(migration)).State);
        return await LookAsync(migration);
    }

    private static Task AddAsync(Bank bank, int rows) =>
        bank.Source.ExecuteAsync($"INSERT INTO account (id, owner, balance) VALUES {string.Join(", ", Enumerable.Range(1, rows).Select(id => $"({id}, 'o{id}', 1)"))}");

    private static async Task<Migration> LookAsync(Migration migration)
    {
        await migration.Reads.Readiness.LookAsync(default);
        return migration;
    }

    private static async Task BackfillAsync(Migration migration)
    {
        await migration.Backfill.StartAsync();
        await migration.Backfill.WaitAsync().WaitAsync(Bound);
        await Bank.SettleAsync(migration);
    }

    private static async Task<ValidationReport> ValidateAsync(Migration migration)
    {
        await migration.Validation.StartFullAsync();
        return await migration.Validation.WaitFullAsync().WaitAsync(Bound);
    }

    private static async Task<long[]> FromTargetAsync(Migration migration) =>
        [.. (await new AccountRepository(migration).FindManyAsync([.. Enumerable.Range(1, 60).Select(id => (long)id)])).Where(row => row!.Owner == "target").Select(row => row!.Id)];
}
