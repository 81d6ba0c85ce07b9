using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>
/// A column of the follower takes a value and holds another one: nothing fails, and the rows differ for ever. It is said, with
/// key and column, and it ends.
/// </summary>
public sealed class RoundingColumnsTests(PostgreSqlServer server)
{
    private const int NotHeld = 1204;
    private const int Inconsistent = 1403;

    [Fact]
    public async Task A_reported_row_that_cannot_be_made_equal_is_dead_after_its_tries_and_not_reported_again()
    {
        await using Bank bank = await CreateAsync();
        LogRecorder log = new();
        Migration migration = await StartAsync(bank, log);
        SampleRepository samples = new(migration);
        await samples.InsertManyAsync([Of(1, 0.37m), Of(2, 0.5m), Of(3, 0.5m)]);
        await Bank.SettleAsync(migration);
        await bank.Target.ExecuteAsync("UPDATE sample SET note = 'changed' WHERE id = 2");

        ValidationReport report = await Outbox.ValidateAsync(migration);
        Assert.Equal(2, report.Entities.Single(entity => entity.Entity == "sample").Different);
        for (int attempt = 0; attempt < 10 && (await migration.Events.ListDeadAsync(10)).Count == 0; attempt++)
        {
            await bank.Target.ExecuteAsync("UPDATE dbmove_event SET visible_at = 0");
            await Outbox.WorkAsync(migration);
            await migration.Validation.VerifyPendingAsync();
        }

        // The other row of the same event is repaired, the one that cannot be is not, and nobody asks for it any more.
        Assert.Equal(["1|0.4|null", "2|0.5|null", "3|0.5|null"], await bank.Target.RowsAsync("SELECT id, amount, note FROM sample ORDER BY id"));
        DeadEvent dead = Assert.Single(await migration.Events.ListDeadAsync(10));
        Assert.Contains("amount: ", dead.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("0.37", dead.Reason, StringComparison.Ordinal);
        Assert.Equal((1, 0), (migration.Totals.KeysRepaired, await bank.Source.CountAsync("dbmove_check") + await bank.Target.CountAsync("dbmove_check")));
        Assert.Equal(1, await bank.Target.CountAsync("dbmove_event"));
        Assert.Contains("[\"1\"] (amount)", log.Text(NotHeld), StringComparison.Ordinal);
        Assert.Contains("[\"1\"] (amount)", log.Text(Inconsistent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_left_intent_is_parked_with_the_column_and_repaired_once_the_column_is_wide_enough()
    {
        await using Bank bank = await CreateAsync();
        Migration migration = await StartAsync(bank);
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => new SampleRepository(migration).InsertAsync(Of(1, 0.37m)));

        RepairReport report = await new SampleFixer(migration).RepairAsync([1]);
        RepairReport again = await new SampleFixer(migration).RepairAsync([1]);

        Assert.Equal((0, 0, 1), (report.Repaired, report.AlreadyConsistent, report.Failed.Count));
        Assert.Contains("amount: the target's column", Assert.Single(again.Failed).Reason, StringComparison.Ordinal);
        Assert.Contains("amount", Assert.Single(await bank.Source.RowsAsync("SELECT reason FROM dbmove_intent WHERE parked_at IS NOT NULL")), StringComparison.Ordinal);
        Assert.False((await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(condition => condition.Name == "no_parked_intents").IsMet);

        await bank.Target.ExecuteAsync("ALTER TABLE sample ALTER COLUMN amount TYPE NUMERIC(8,3)");
        await bank.Source.ExecuteAsync("UPDATE dbmove_intent SET parked_at = NULL, attempts = 0, retry_at = 0");
        await Bank.SettleAsync(migration);

        Assert.Equal(["1|0.370"], await bank.Target.RowsAsync("SELECT id, amount FROM sample"));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    /// <summary>The naive way: the drain clears the intent, and what the target made of the value is the truth from then on.</summary>
    [Fact]
    public async Task A_switch_does_not_make_the_rounded_value_the_truth()
    {
        await using Bank bank = await CreateAsync();
        Migration migration = await StartAsync(bank);
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => new SampleRepository(migration).InsertAsync(Of(1, 0.37m)));

        SwitchAbandonedException abandoned = await Assert.ThrowsAsync<SwitchAbandonedException>(() => migration.SwitchAsync(Stage.TargetFirst, Bank.Forced));

        Assert.Contains("[\"1\"] (amount)", abandoned.Message, StringComparison.Ordinal);
        Assert.Equal(Stage.SourceFirst, migration.Stage);
        Assert.Equal(1, await bank.OpenIntentsAsync(Side.Source));
    }

    private static Sample Of(long id, decimal amount) => new() { Id = id, Amount = amount, At = DateTimeOffset.UnixEpoch, Local = DateTime.UnixEpoch };

    private async Task<Bank> CreateAsync()
    {
        Bank bank = await Bank.CreateAsync(Engine.SqliteToPostgreSql, server);
        await bank.Source.ExecuteAsync(
            "CREATE TABLE sample (id INTEGER NOT NULL PRIMARY KEY, amount TEXT NOT NULL, ratio REAL NOT NULL, at TEXT NOT NULL, local TEXT NOT NULL, mark TEXT NOT NULL, flag INTEGER NOT NULL, note TEXT)");
        await bank.Target.ExecuteAsync(
            "CREATE TABLE sample (id BIGINT NOT NULL PRIMARY KEY, amount NUMERIC(6,1) NOT NULL, ratio DOUBLE PRECISION NOT NULL, at TIMESTAMPTZ NOT NULL, local TIMESTAMP NOT NULL, mark UUID NOT NULL, flag BOOLEAN NOT NULL, note TEXT)");
        bank.Additional = builder => builder.AddEntity<Sample>();
        return bank;
    }

    private static Task<Migration> StartAsync(Bank bank, LogRecorder? log = null) => bank.StartAsync(Stage.SourceFirst, log: log, configure: options =>
    {
        (options.Validation.SuspectDelay, options.Validation.SuspectRounds) = (TimeSpan.Zero, 2);
        (options.Repair.MaximumAttempts, options.Events.MaximumAttempts) = (2, 2);
    });
}
