using System.Data.Common;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Pitfalls;

/// <summary>P21 to P26: how a check says "all is well" where it is not. More of P21 and P24 stands in tests/DbMove.Runtime.Tests.</summary>
public sealed class FalseAllIsWellTests(PostgreSqlServer server)
{
    private const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)";

    /// <summary>The naive way: the pass ends with the rows that it could read, and none of these differ.</summary>
    [Theory]
    [InlineData(Side.Source)]
    [InlineData(Side.Target)]
    public async Task P21_A_pass_whose_server_ends_its_sessions_is_no_clean_one(Side side)
    {
        await using Bank bank = await FilledAsync(Engine.PostgreSql);
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 0 WHERE id = 40");
        Migration migration = await StartAsync(bank);
        await migration.Backfill.StartAsync();
        await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        AtFirst(migration, "validation.page_read", async () =>
        {
            await bank.On(side).ExecuteAsync("ALTER TABLE account RENAME TO away");
            await bank.On(side).EndSessionsAsync("pid <> pg_backend_pid()");
        });

        ValidationReport report = await Outbox.ValidateAsync(migration);

        Assert.Contains(report.State, (ValidationState[])[ValidationState.Inconclusive, ValidationState.Failed]);
        Assert.NotEmpty(report.Detail);
        await bank.On(side).ExecuteAsync("ALTER TABLE away RENAME TO account");
        Assert.Contains((await migration.CheckGateAsync(Stage.TargetFirst)).Conditions, condition => condition is { Name: "full_validation_clean", IsMet: false });
    }

    /// <summary>The naive way: the source's keys are looked up in the target, from the smallest to the greatest.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P24_Rows_that_only_the_follower_has_are_found_beyond_both_ends_and_in_between(Engine engine)
    {
        await using Bank bank = await FilledAsync(engine);
        await bank.Source.ExecuteAsync("DELETE FROM account WHERE id IN (1, 2, 20, 40)");
        Migration migration = await StartAsync(bank, rangeSize: 10);

        ValidationReport report = await Outbox.ValidateAsync(migration);

        Assert.Equal((ValidationState.Differences, 4L), (report.State, report.Differences));
        Assert.Equal(["[\"1\"]", "[\"2\"]", "[\"20\"]", "[\"40\"]"], report.Sample.Select(difference => difference.Key).Order(StringComparer.Ordinal));
        Assert.All(report.Sample, difference => Assert.Equal(InconsistencyKind.MissingInSource, difference.Kind));
    }

    /// <summary>The naive way: OFFSET counts rows, so five deleted ones before the position hide five behind it.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P22_Rows_deleted_before_the_position_hide_none_behind_it_from_the_validation(Engine engine)
    {
        await using Bank bank = await FilledAsync(engine);
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 0 WHERE id = 6");
        Migration migration = await StartAsync(bank);
        AtFirst(migration, "validation.page_read", async () =>
        {
            await bank.Source.ExecuteAsync("DELETE FROM account WHERE id <= 5");
            await bank.Target.ExecuteAsync("DELETE FROM account WHERE id <= 5");
        });

        ValidationReport report = await Outbox.ValidateAsync(migration);

        Assert.Equal((ValidationState.Differences, 1L), (report.State, report.Differences));
        Assert.Equal("[\"6\"]", Assert.Single(report.Sample).Key);
    }

    /// <summary>The naive way: the same, and the rows behind the deleted ones are never copied.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P22_Rows_deleted_before_the_position_hide_none_behind_it_from_the_backfill(Engine engine)
    {
        await using Bank bank = await FilledAsync(engine);
        await bank.Target.ExecuteAsync("DELETE FROM account");
        Migration migration = await StartAsync(bank);
        int chunks = 0;
        migration.Context.Probes.Handler = async (point, cancellationToken) =>
        {
            if (point == "backfill.before_commit" && Interlocked.Increment(ref chunks) == 2)
            {
                // Those of the first chunk, which is committed.
                await bank.Source.ExecuteAsync("DELETE FROM account WHERE id <= 5");
            }
        };

        await migration.Backfill.StartAsync();
        Assert.Equal(BackfillState.Completed, (await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);

        Assert.Equal(40, await bank.Target.CountAsync("account"));
    }

    /// <summary>The naive way: the cursor stands at the last number or time it has seen, and what commits late with a smaller one is never looked at.</summary>
    [Fact]
    public async Task P23_A_key_that_is_committed_late_under_an_older_number_is_verified_too()
    {
        await using Bank bank = await FilledAsync(Engine.PostgreSql);
        Migration migration = await StartAsync(bank);
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 0 WHERE id IN (1, 2)");
        await using IAsyncDisposable late = await bank.Source.BeginAsync(Check(1));
        await bank.Source.ExecuteAsync(Check(2));
        Assert.Equal(1, (await migration.Validation.VerifyPendingAsync()).Different);

        await using (DbCommand commit = ((DbConnection)late).CreateCommand())
        {
            commit.CommandText = "COMMIT";
            await commit.ExecuteNonQueryAsync();
        }

        Assert.Equal(1, (await migration.Validation.VerifyPendingAsync()).Different);
        Assert.Equal(0, await bank.Source.CountAsync("dbmove_check"));

        static string Check(int id) => $"INSERT INTO dbmove_check (migration, entity, key, origin, created_at) VALUES ('bank', 'account', '[\"{id}\"]', 'write', 0)";
    }

    /// <summary>The naive way: the report listed one difference, it was repaired, so the authority moves; nobody looked at the repair.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P25_After_a_repair_the_gate_stays_closed_until_the_key_was_verified(Engine engine)
    {
        await using Bank bank = await FilledAsync(engine);
        Migration migration = await StartAsync(bank);
        await migration.Backfill.StartAsync();
        await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True((await Outbox.ValidateAsync(migration)).IsClean);
        Assert.True((await migration.CheckGateAsync(Stage.TargetFirst)).IsOpen);
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 0 WHERE id = 7");

        Assert.Equal(1, (await new AccountFixer(migration).RepairAsync([7])).Repaired);

        GateClosedException closed = await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(Stage.TargetFirst));
        Assert.Equal("repairs_verified", Assert.Single(closed.Report.Conditions, condition => !condition.IsMet).Name);
        await migration.Validation.VerifyPendingAsync();
        Assert.True((await migration.SwitchAsync(Stage.TargetFirst)).Changed);
    }

    /// <summary>The naive way: the range was marked when it was begun, so the pass that follows a crash goes on behind it.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P26_The_range_in_which_a_pass_crashed_is_compared_by_the_next_one(Engine engine)
    {
        await using Bank bank = await FilledAsync(engine);
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 0 WHERE id = 2");
        Migration migration = await StartAsync(bank, rangeSize: 10);
        Crash.At(migration, "validation.page_read");
        await Assert.ThrowsAsync<Crash>(() => Outbox.ValidateAsync(migration));

        ValidationReport next = await Outbox.ValidateAsync(await StartAsync(bank, rangeSize: 10));

        Assert.Equal((ValidationState.Differences, 40L), (next.State, next.RowsCompared));
        Assert.Equal("[\"2\"]", Assert.Single(next.Sample).Key);
    }

    private static Task<Migration> StartAsync(Bank bank, int rangeSize = 1000) => bank.StartAsync(Stage.SourceFirst, options =>
    {
        options.Gate.MinimumTimeInStage = TimeSpan.Zero;
        (options.Backfill.InitialChunk, options.Backfill.MaximumChunk, options.Backfill.Workers) = (5, 5, 1);
        (options.Validation.RangeSize, options.Validation.PageSize, options.Validation.Workers) = (rangeSize, 5, 1);
        options.Validation.SuspectDelay = TimeSpan.Zero;
    });

    /// <summary>Forty accounts, alike on both sides.</summary>
    private async Task<Bank> FilledAsync(Engine engine)
    {
        Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync($"{Numbers} INSERT INTO account (id, owner, balance) SELECT i, 'o' || i, i FROM n");
        await bank.Target.ExecuteAsync($"{Numbers} INSERT INTO account (id, owner, amount) SELECT i, 'o' || i, i FROM n");
        return bank;
    }

    private static void AtFirst(Migration migration, string point, Func<Task> act)
    {
        int passed = 0;
        migration.Context.Probes.Handler = async (reached, _) =>
        {
            if (reached == point && Interlocked.Increment(ref passed) == 1)
            {
                await act();
            }
        };
    }
}
