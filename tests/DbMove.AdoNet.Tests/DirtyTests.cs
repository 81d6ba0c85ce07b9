using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.AdoNet.Tests;

/// <summary>A statement of unknown rows, allowed by the option: the gate is closed until a clean full validation that began after it.</summary>
public sealed class DirtyTests(PostgreSqlServer server)
{
    private static readonly DualWriteDataSourceOptions s_dirty = Texts.Options(options => options.UnsafeStatements = UnsafeStatements.MarkDirty);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_dirty_mark_closes_the_gate_until_validation_and_repair_have_made_the_sides_equal(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        (Migration migration, DbConnection connection) = await StartAsync(bank);
        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2)");
        await migration.Clearer.FlushAsync(default);

        Assert.Equal(2, connection.Execute("UPDATE account SET id = id + 10"));
        Assert.Equal(["1|a|null|1", "2|b|null|2"], await bank.AccountsAsync(Side.Target));
        GateCondition closed = await ConditionAsync(migration);
        Assert.False(closed.IsMet);
        Assert.Contains("account", closed.Detail, StringComparison.Ordinal);
        GateClosedException refused = await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(Stage.TargetFirst));
        Assert.Contains(refused.Report.Conditions, condition => condition is { Name: "no_dirty_ranges", IsMet: false });

        ValidationReport found = await ValidateAsync(migration);
        Assert.Equal(ValidationState.Differences, found.State);
        Assert.False((await ConditionAsync(migration)).IsMet);
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        await bank.AssertEqualAsync();
        Assert.Equal(ValidationState.Clean, (await ValidateAsync(migration)).State);
        Assert.True((await ConditionAsync(migration)).IsMet);
        Assert.Equal(0, await bank.Source.CountAsync("dbmove_dirty"));
    }

    /// <summary>The naive way: the pass ends clean and removes a mark of a statement that came after its reading.</summary>
    [Theory, MemberData(nameof(Engines.PostgreSqlTarget), MemberType = typeof(Engines))]
    public async Task A_mark_that_comes_while_a_pass_runs_outlives_it(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        (Migration migration, DbConnection connection) = await StartAsync(bank);
        Hold hold = Hold.At(migration, "validation.begun");

        Task begun = migration.Validation.StartFullAsync();
        await hold.Reached;
        connection.Execute("UPDATE account SET id = id + 10");
        hold.Release();
        await begun;
        Assert.Equal(ValidationState.Clean, (await migration.Validation.WaitFullAsync()).State);
        Assert.False((await ConditionAsync(migration)).IsMet);
        Assert.Equal(ValidationState.Clean, (await ValidateAsync(migration)).State);
        Assert.True((await ConditionAsync(migration)).IsMet);
    }

    /// <summary>The naive way: the gate is asked once, and a mark that comes before the fence is seen by nobody.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_mark_between_the_gate_and_the_fence_stops_the_switch(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        (Migration migration, DbConnection connection) = await StartAsync(bank);
        await migration.Backfill.StartAsync();
        await migration.Backfill.WaitAsync();
        await ValidateAsync(migration);
        Assert.True((await migration.CheckGateAsync(Stage.TargetFirst)).IsOpen);
        int marked = 0;
        migration.Context.Probes.Handler = async (point, _) =>
        {
            if (point == "switch.gated" && Interlocked.Increment(ref marked) == 1)
            {
                await connection.ExecuteAsync("UPDATE account SET id = id + 10");
            }
        };

        GateClosedException closed = await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(Stage.TargetFirst));
        Assert.Equal(1, marked);
        Assert.Equal(["no_dirty_ranges"], closed.Report.Conditions.Where(condition => !condition.IsMet).Select(condition => condition.Name));
        Assert.Equal(Stage.SourceFirst, migration.Stage);
    }

    [Fact]
    public async Task Only_what_the_statement_names_is_marked_and_what_names_nothing_marks_all()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        (Migration migration, DbConnection connection) = await StartAsync(bank);
        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1); INSERT INTO entry (account_id, line) VALUES (1, 1)");

        Assert.Equal(1, connection.ExecuteScalar<long>("WITH gone AS (DELETE FROM entry RETURNING *) SELECT COUNT(*) FROM gone"));
        Assert.Equal(["entry"], await MarksAsync(bank));
        connection.Execute("DO $$ BEGIN DELETE FROM account; END $$");
        Assert.Equal(["account", "entry", "entry"], await MarksAsync(bank));
        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            connection.Execute("TRUNCATE entry");
            await transaction.RollbackAsync();
        }

        Assert.Equal(3, await bank.Source.CountAsync("dbmove_dirty"));
        Assert.True(migration.IsStarted);
    }

    [Fact]
    public async Task A_stage_with_one_side_marks_nothing()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceOnly);
        await using DbConnection connection = migration.CreateDataSource(s_dirty).OpenConnection();

        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1); UPDATE account SET id = 5");
        Assert.Equal(0, await bank.Source.CountAsync("dbmove_dirty"));
        Assert.Equal(["5|a|null|1"], await bank.AccountsAsync(Side.Source));
    }

    private static async Task<(Migration Migration, DbConnection Connection)> StartAsync(Bank bank)
    {
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            options.Gate.MinimumTimeInStage = TimeSpan.Zero;
            options.Validation.SuspectDelay = TimeSpan.Zero;
            options.Validation.SuspectRounds = 2;
        });
        return (migration, migration.CreateDataSource(s_dirty).OpenConnection());
    }

    private static async Task<ValidationReport> ValidateAsync(Migration migration)
    {
        await migration.Validation.StartFullAsync();
        return await migration.Validation.WaitFullAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task<GateCondition> ConditionAsync(Migration migration) =>
        (await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(condition => condition.Name == "no_dirty_ranges");

    private static Task<List<string>> MarksAsync(Bank bank) => bank.Source.RowsAsync("SELECT entity FROM dbmove_dirty ORDER BY entity");
}
