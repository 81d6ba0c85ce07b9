using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Columns that one side alone has are written there while that side has the authority, and by nothing else.</summary>
public sealed class OneSidedColumnsTests(PostgreSqlServer server)
{
    private const string SourceRows = "SELECT id, name, legacy, code FROM gadget ORDER BY id";
    private const string TargetRows = "SELECT id, name, code, rank FROM gadget ORDER BY id";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Writes_backfill_and_repair_leave_the_other_sides_column_as_it_is(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        await bank.Source.ExecuteAsync("INSERT INTO gadget (id, name, legacy, code) VALUES (1, 'a', 'old', 11), (2, 'b', NULL, 12)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);
        GadgetRepository gadgets = new(migration);

        await migration.Backfill.StartAsync();
        BackfillReport copied = await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(copied.State == BackfillState.Completed, copied.Failure?.ToString());
        Gadget stored = await gadgets.InsertAsync(new Gadget { Id = 3, Name = "c", Legacy = "new", OldCode = 13, NewCode = "ignored", Rank = 99 });
        await Bank.SettleAsync(migration);

        Assert.Equal(new Gadget { Id = 3, Name = "c", Legacy = "new", OldCode = 13 }, stored);
        Assert.Equal(["1|a|old|11", "2|b|null|12", "3|c|new|13"], await bank.Source.RowsAsync(SourceRows));
        Assert.Equal(["1|a|none|7", "2|b|none|7", "3|c|none|7"], await bank.Target.RowsAsync(TargetRows));

        // What others write into the target's own columns stays, whatever dual writes and repairs do to the row.
        await bank.Target.ExecuteAsync("UPDATE gadget SET code = 'x' || id, rank = id");
        await gadgets.UpdateAsync(stored with { Name = "changed" });
        await gadgets.UpsertAsync(new Gadget { Id = 1, Name = "a", Legacy = "old", OldCode = 11 });
        await Bank.SettleAsync(migration);
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);
        await bank.Target.ExecuteAsync("UPDATE gadget SET name = 'wrong' WHERE id = 2");
        ValidationReport found = await Outbox.ValidateAsync(migration);
        Assert.Equal(1, found.Entities.Sum(entity => entity.Different));
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        Assert.Equal(["1|a|x1|1", "2|b|x2|2", "3|changed|x3|3"], await bank.Target.RowsAsync(TargetRows));
        Assert.Equal(["1|a|old|11", "2|b|null|12", "3|changed|new|13"], await bank.Source.RowsAsync(SourceRows));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_the_switch_the_target_has_its_own_columns_and_the_sources_stay_behind(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        GadgetRepository gadgets = new(migration);
        await gadgets.InsertManyAsync([new Gadget { Id = 1, Name = "a", Legacy = "old", OldCode = 11 }, new Gadget { Id = 2, Name = "b", Legacy = "kept", OldCode = 12 }]);
        await Bank.SettleAsync(migration);

        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Gadget? read = await gadgets.FindAsync(1);
        Gadget? updated = await gadgets.UpdateAsync(read! with { Name = "changed", NewCode = "mine", Rank = 5, Legacy = "ignored" });
        await gadgets.InsertAsync(new Gadget { Id = 3, Name = "c", NewCode = null, Rank = 6, OldCode = 99 });
        await gadgets.DeleteAsync(2);
        await Bank.SettleAsync(migration);

        Assert.Equal(new Gadget { Id = 1, Name = "a", NewCode = "none", Rank = 7 }, read);
        Assert.Equal(new Gadget { Id = 1, Name = "changed", NewCode = "mine", Rank = 5 }, updated);
        Assert.Equal(["1|changed|mine|5", "3|c|null|6"], await bank.Target.RowsAsync(TargetRows));
        Assert.Equal(["1|changed|old|11", "3|c|null|0"], await bank.Source.RowsAsync(SourceRows));

        await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced);
        Assert.Equal(new Gadget { Id = 1, Name = "changed", Legacy = "old", OldCode = 11 }, await gadgets.FindAsync(1));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_read_ramp_takes_no_value_away(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        await bank.Source.ExecuteAsync("INSERT INTO gadget (id, name, legacy, code) VALUES (1, 'a', 'old', 11)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Reads.TargetPercentage = 100);
        await migration.Backfill.StartAsync();
        await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await Bank.SettleAsync(migration);
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);
        await migration.Reads.Readiness.LookAsync(default);
        GadgetRepository gadgets = new(migration);

        Gadget read = (await gadgets.FindAsync(1))!;
        await gadgets.UpdateAsync(read with { Name = "changed" });

        Assert.True(migration.Reads.Status.IsTargetRead, migration.Reads.Status.Detail);
        Assert.Equal(["1|changed|old|11"], await bank.Source.RowsAsync(SourceRows));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_schema_check_knows_which_side_has_which_column(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, rank: "BIGINT NOT NULL", legacy: "other TEXT");

        SchemaCheckException refused = await Assert.ThrowsAsync<SchemaCheckException>(() => bank.StartAsync());

        Assert.Equal(3, refused.Findings.Count);
        Assert.Contains(refused.Findings, finding => finding.Contains("'rank' of the target table", StringComparison.Ordinal) && finding.Contains("NOT NULL without a default", StringComparison.Ordinal));
        Assert.Contains(refused.Findings, finding => finding.Contains("'legacy' of the source table", StringComparison.Ordinal) && finding.Contains("does not exist", StringComparison.Ordinal));
        Assert.Contains(refused.Findings, finding => finding.Contains("'other', which no member maps", StringComparison.Ordinal));
    }

    private async Task<Bank> CreateAsync(Engine engine, string rank = "BIGINT NOT NULL DEFAULT 7", string legacy = "legacy TEXT")
    {
        Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync($"CREATE TABLE gadget (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, {legacy}, code INTEGER NOT NULL DEFAULT 0)");
        await bank.Target.ExecuteAsync($"CREATE TABLE gadget (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, code TEXT DEFAULT 'none', rank {rank})");
        bank.Additional = builder => builder.AddEntity<Gadget>();
        return bank;
    }
}
