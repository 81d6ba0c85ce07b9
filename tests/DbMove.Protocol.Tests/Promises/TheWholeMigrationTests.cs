using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>From the first row to the switch of authority through the gate, without an override once both sides are written.</summary>
public sealed class TheWholeMigrationTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Backfill_validation_and_repair_open_the_gate_while_writes_go_on(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        const string numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)";
        await bank.Source.ExecuteAsync($"{numbers} INSERT INTO account (id, owner, balance) SELECT i, 'o' || i, i FROM n");
        await bank.Source.ExecuteAsync($"{numbers} INSERT INTO entry (account_id, line, note) SELECT i, 1, 'n' FROM n");
        if (bank.Source.IsPostgreSql)
        {
            await bank.Source.ExecuteAsync("SELECT setval(pg_get_serial_sequence('account', 'id'), 300)");
        }

        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            options.Gate.MinimumTimeInStage = TimeSpan.Zero;
            (options.Backfill.InitialChunk, options.Backfill.MaximumChunk, options.Backfill.Workers) = (40, 50, 3);
            (options.Validation.RangeSize, options.Validation.PageSize) = (64, 16);
            options.Validation.SuspectDelay = TimeSpan.Zero;
        });
        AccountRepository accounts = new(migration);
        EntryRepository entries = new(migration);
        int reads = 0;
        migration.Context.Probes.Handler = async (point, cancellationToken) =>
        {
            if (point == "backfill.range_read" && Interlocked.Increment(ref reads) is int read and <= 5)
            {
                await accounts.UpdateAsync(new Account { Id = read * 50, Owner = "moved", Balance = -1 }, cancellationToken: cancellationToken);
                await entries.DeleteAsync(new EntryKey(read * 50, 1), cancellationToken: cancellationToken);
                await accounts.InsertAsync(new Account { Owner = "new", Balance = read }, cancellationToken: cancellationToken);
            }
        };

        await migration.Backfill.StartAsync();
        BackfillReport copied = await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        migration.Context.Probes.Handler = null;
        Assert.True(copied.State == BackfillState.Completed, copied.Failure?.ToString());

        // What the outside did to the target must be found: a row too many, one too few, one that differs.
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (-7, 'extra', 0)");
        await bank.Target.ExecuteAsync("DELETE FROM entry WHERE account_id = 77");
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 0 WHERE id = 78");
        await Bank.SettleAsync(migration);
        ValidationReport found = await ValidateAsync(migration);
        Assert.Equal(ValidationState.Differences, found.State);
        Assert.Equal((1, 1), (found.Entities.Sum(entity => entity.Different), found.Entities.Sum(entity => entity.MissingInTarget)));
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        await bank.AssertEqualAsync();
        Assert.Equal(["full_validation_clean", "repairs_verified"], await UnmetAsync(migration));
        await migration.Validation.VerifyPendingAsync();
        ValidationReport clean = await ValidateAsync(migration);
        Assert.Equal((ValidationState.Clean, string.Empty), (clean.State, clean.Detail));
        Assert.Empty(await UnmetAsync(migration));

        await migration.SwitchAsync(Stage.TargetFirst);
        Account stored = await accounts.InsertAsync(new Account { Owner = "after", Balance = 1 });
        Assert.True(stored.Id > 300);
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Incremental_validation_follows_the_writes(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);
        AccountRepository accounts = new(migration);
        await migration.Validation.StartIncrementalAsync();
        Account kept = await accounts.InsertAsync(new Account { Owner = "kept", Balance = 1 });
        Account gone = await accounts.InsertAsync(new Account { Owner = "gone", Balance = 1 });
        await accounts.DeleteAsync(gone.Id);
        await Bank.SettleAsync(migration);
        await bank.Target.ExecuteAsync($"UPDATE account SET amount = 2 WHERE id = {kept.Id}");

        Assert.Equal(1, (await migration.Validation.VerifyPendingAsync()).Different);

        Assert.True(await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));
        await bank.AssertEqualAsync();
        Assert.Equal(new VerificationReport(1, 0, 0), await migration.Validation.VerifyPendingAsync());
        Assert.Equal(0, await bank.Source.CountAsync("dbmove_check"));
    }

    [Fact]
    public async Task Equal_digests_spare_the_reading_and_a_value_swapped_between_two_rows_is_found()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        foreach ((Side side, string balance) in new[] { (Side.Source, "balance"), (Side.Target, "amount") })
        {
            await bank.On(side).ExecuteAsync($"INSERT INTO account (id, owner, {balance}) SELECT i, 'o' || i, i FROM generate_series(1, 100) AS i");
        }

        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            (options.Validation.RangeSize, options.Validation.PageSize, options.Validation.Workers) = (25, 100, 1);
            options.Validation.SuspectDelay = TimeSpan.Zero;
        });
        int pages = 0;
        migration.Context.Probes.Handler = (point, _) =>
        {
            pages += point == "validation.page_read" ? 1 : 0;
            return default;
        };

        ValidationReport equal = await ValidateAsync(migration);
        Assert.Equal((ValidationState.Clean, 100, 0), (equal.State, equal.Entities.Sum(entity => entity.RowsCompared), pages));

        // Row count, keys and the sum of every column stay what they were.
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 73 - amount WHERE id IN (36, 37)");
        ValidationReport swapped = await ValidateAsync(migration);

        Assert.Equal((ValidationState.Differences, 2), (swapped.State, swapped.Entities.Sum(entity => entity.Different)));
        Assert.Equal(["[\"36\"]", "[\"37\"]"], swapped.Sample.Select(difference => difference.Key).Order());

        // One range of five was read: its rows, and then its end.
        Assert.Equal(2, pages);
    }

    private static async Task<ValidationReport> ValidateAsync(Migration migration)
    {
        await migration.Validation.StartFullAsync();
        return await migration.Validation.WaitFullAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task<IEnumerable<string>> UnmetAsync(Migration migration) =>
        (await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Where(condition => !condition.IsMet).Select(condition => condition.Name);
}
