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
        await gadgets.InsertAsync(new Gadget { Id = 3, Name = "c", NewCode = "given", Rank = 6, OldCode = 99 });
        await gadgets.DeleteAsync(2);
        await Bank.SettleAsync(migration);

        Assert.Equal(new Gadget { Id = 1, Name = "a", NewCode = "none", Rank = 7 }, read);
        Assert.Equal(new Gadget { Id = 1, Name = "changed", NewCode = "mine", Rank = 5 }, updated);
        Assert.Equal(["1|changed|mine|5", "3|c|given|6"], await bank.Target.RowsAsync(TargetRows));
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

    /// <summary>The naive way: the entity says null, which the side that it was read from cannot know better, and the update believes it.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_was_read_before_a_switch_and_is_written_after_it_takes_no_value_away(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, rank: "BIGINT", code: "INTEGER");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        GadgetRepository gadgets = new(migration);
        await gadgets.InsertManyAsync([.. Enumerable.Range(1, 6).Select(id => new Gadget { Id = id, Name = "a", Legacy = "old", OldCode = 11 })]);
        await Bank.SettleAsync(migration);
        await bank.Target.ExecuteAsync("UPDATE gadget SET code = 'mine', rank = 5");

        Gadget[] read = await ReadAsync(gadgets);
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        List<Gadget?> written = await WriteAsync(gadgets, read, "there");
        Assert.Equal([.. Enumerable.Range(1, 6).Select(id => $"{id}|there|mine|5")], await bank.Target.RowsAsync(TargetRows));
        Assert.Equal(read.Select(gadget => gadget with { Name = "there", Legacy = null, OldCode = null, NewCode = "mine", Rank = 5 }), written);

        read = await ReadAsync(gadgets);
        await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced);
        written = await WriteAsync(gadgets, read, "back");
        Assert.Equal([.. Enumerable.Range(1, 6).Select(id => $"{id}|back|old|11")], await bank.Source.RowsAsync(SourceRows));
        Assert.Equal(read.Select(gadget => gadget with { Name = "back", Legacy = "old", OldCode = 11, NewCode = null, Rank = null }), written);
        Assert.Equal([.. Enumerable.Range(1, 6).Select(id => $"{id}|back|mine|5")], await bank.Target.RowsAsync(TargetRows));
    }

    /// <summary>The naive way: the write is repeated under the new stage as it was given under the old one.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_write_that_waits_at_the_fence_of_a_switch_takes_no_value_away(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, rank: "BIGINT", code: "INTEGER");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, Patient);
        Migration other = await bank.StartAsync(Patient);
        GadgetRepository gadgets = new(migration);
        await gadgets.InsertManyAsync([.. Enumerable.Range(1, 2).Select(id => new Gadget { Id = id, Name = "a", Legacy = "old", OldCode = 11 })]);
        await Bank.SettleAsync(migration);
        await bank.Target.ExecuteAsync("UPDATE gadget SET code = 'mine', rank = 5");

        foreach ((Stage to, Side authority, string name) in new[] { (Stage.TargetFirst, Side.Source, "there"), (Stage.SourceFirst, Side.Target, "back") })
        {
            Gadget first = (await gadgets.FindAsync(1))!;
            Gadget second = (await gadgets.FindAsync(2))!;
            Hold fenced = Hold.At(other, "switch.fenced");
            Task<SwitchResult> switching = other.SwitchAsync(to, Bank.Forced);
            await fenced.Reached;
            Task updating = gadgets.UpdateAsync(first with { Name = name });
            await bank.On(authority).WaitUntilBlockedAsync(updating);
            Task upserting = gadgets.UpsertAsync(second with { Name = name });
            fenced.Release();
            await Task.WhenAll(switching, updating, upserting);
            await Bank.SettleAsync(migration);

            Assert.Equal(to, migration.Stage);
            Assert.Equal([$"1|{name}|mine|5", $"2|{name}|mine|5"], await bank.Target.RowsAsync(TargetRows));
            Assert.Equal([$"1|{name}|old|11", $"2|{name}|old|11"], await bank.Source.RowsAsync(SourceRows));
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_value_that_is_not_known_is_the_columns_default_in_a_new_row_and_stays_in_an_old_one(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync(Stage.TargetFirst);
        GadgetRepository gadgets = new(migration);

        Gadget inserted = await gadgets.InsertAsync(new Gadget { Id = 1, Name = "a" });
        Gadget upserted = await gadgets.UpsertAsync(new Gadget { Id = 2, Name = "a" });
        await bank.Target.ExecuteAsync("UPDATE gadget SET code = 'mine', rank = 5 WHERE id = 2");
        Gadget again = await gadgets.UpsertAsync(new Gadget { Id = 2, Name = "b" });
        await gadgets.UpsertAsync(new Gadget { Id = 1, Name = "b", NewCode = "given" });

        Assert.Equal(new Gadget { Id = 1, Name = "a", NewCode = "none", Rank = 7 }, inserted);
        Assert.Equal(new Gadget { Id = 2, Name = "a", NewCode = "none", Rank = 7 }, upserted);
        Assert.Equal(new Gadget { Id = 2, Name = "b", NewCode = "mine", Rank = 5 }, again);
        Assert.Equal(["1|b|given|7", "2|b|mine|5"], await bank.Target.RowsAsync(TargetRows));
    }

    /// <summary>Whoever knew the value may clear it; whoever did not cannot, and an update that fails clears nothing.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_value_that_the_original_knew_is_cleared(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, rank: "BIGINT");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        GadgetRepository gadgets = new(migration);
        await gadgets.InsertManyAsync([.. Enumerable.Range(1, 3).Select(id => new Gadget { Id = id, Name = "a", Legacy = "old", OldCode = 11 })]);
        await Bank.SettleAsync(migration);
        await bank.Target.ExecuteAsync("UPDATE gadget SET code = 'mine', rank = 5");
        Gadget before = (await gadgets.FindAsync(1))!;
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Gadget known = (await gadgets.FindAsync(1))!;

        // The source's values were known there, and are out of reach now.
        Assert.Equal(known with { Name = "first" }, await gadgets.UpdateFromAsync(before, before with { Name = "first", Legacy = null, OldCode = null }));
        Assert.Equal(known with { Name = "second", NewCode = null }, await gadgets.UpdateFromAsync(known, known with { Name = "second", NewCode = null }));
        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            Gadget other = known with { Id = 2 };
            Assert.Equal(other with { NewCode = null, Rank = null }, await gadgets.UpdateFromAsync(other, other with { NewCode = null, Rank = null }, transaction));
            await transaction.CommitAsync();
        }

        await Assert.ThrowsAsync<ArgumentException>(() => gadgets.UpdateFromAsync(known with { Id = 3 }, known with { Id = 1, NewCode = null, Rank = null }));
        Assert.Null(await gadgets.UpdateFromAsync(known with { Id = 9 }, known with { Id = 9, NewCode = null }));
        await Bank.SettleAsync(migration);
        Assert.Equal(["1|second|null|5", "2|a|null|null", "3|a|mine|5"], await bank.Target.RowsAsync(TargetRows));
        Assert.Equal(["1|second|old|11", "2|a|old|11", "3|a|old|11"], await bank.Source.RowsAsync(SourceRows));
    }

    /// <summary>The naive way clears first and updates then: a state between the two that a constraint refuses, and NOT NULL.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_value_is_cleared_with_what_else_is_written_and_only_where_the_column_allows_it(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, rank: "BIGINT NOT NULL DEFAULT 7 CHECK (code IS NOT NULL OR rank > 7)");
        GadgetRepository gadgets = new(await bank.StartAsync(Stage.TargetFirst));
        Gadget known = await gadgets.InsertAsync(new Gadget { Id = 1, Name = "a", NewCode = "mine" });
        Assert.Equal(7, known.Rank);

        Gadget ranked = known with { NewCode = null, Rank = 8 };
        Assert.Equal(ranked, await gadgets.UpdateFromAsync(known, ranked));
        Assert.Equal(ranked with { Name = "b" }, await gadgets.UpdateFromAsync(ranked, ranked with { Name = "b", Rank = null }));

        Assert.Equal(["1|b|null|8"], await bank.Target.RowsAsync(TargetRows));
    }

    /// <summary>The naive way: the entity's null is bound as it is, and the values that only the server makes are missing.</summary>
    [Theory, MemberData(nameof(Engines.PostgreSqlTarget), MemberType = typeof(Engines))]
    public async Task Every_form_of_a_value_stays_in_an_old_row_and_has_its_default_in_a_new_one(Engine engine)
    {
        await using Bank bank = await CreateSparesAsync(
            engine,
            """
            CREATE DOMAIN code_text AS varchar(9) CHECK (VALUE <> '');
            CREATE TYPE carriage AS ENUM ('Road', 'Rail');
            """,
            """
            tags TEXT[] NOT NULL DEFAULT '{new}', settings JSONB NOT NULL DEFAULT '{"a": 1}', carriage carriage NOT NULL DEFAULT 'Rail', code code_text NOT NULL DEFAULT 'x' || 1,
            number INTEGER NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 40), serial BIGSERIAL, made_at TIMESTAMPTZ NOT NULL DEFAULT now(), cents BIGINT NOT NULL DEFAULT 250, label VARCHAR(9) DEFAULT 'none'
            """);
        const string Rows =
            "SELECT id, name, version, tags[1], settings::text, carriage::text, code, number, serial, made_at > '2000-01-01', cents, label FROM spare ORDER BY id";
        Migration migration = await bank.StartAsync(Stage.TargetFirst);
        SpareRepository spares = new(migration);
        Spare given = new()
        {
            Id = 3, Name = "given", Tags = ["t"], Settings = """{"b": 2}""", Carriage = Carriage.Road, Code = "y", Number = 7, Serial = 8,
            MadeAt = DateTimeOffset.UnixEpoch, Price = 9.99m, Label = "l",
        };

        Spare inserted = await spares.InsertAsync(new Spare { Id = 1, Name = "new" });
        await spares.UpsertManyAsync([new Spare { Id = 2, Name = "new" }, given]);
        Assert.Equal("40 1 2.50 Rail x1 none", FormattableString.Invariant($"{inserted.Number} {inserted.Serial} {inserted.Price:F2} {inserted.Carriage} {inserted.Code} {inserted.Label}"));
        Assert.Equal(
            [
                """1|new|1|new|{"a": 1}|Rail|x1|40|1|True|250|none""",
                """2|new|1|new|{"a": 1}|Rail|x1|41|2|True|250|none""",
                """3|given|1|t|{"b": 2}|Road|y|7|8|False|999|l""",
            ],
            await bank.Target.RowsAsync(Rows));

        await spares.UpsertManyAsync([given with { Id = 2, Name = "was given", Version = 1 }, new Spare { Id = 3, Name = "kept", Version = 1 }]);
        await spares.UpdateManyAsync([given with { Id = 1, Name = "was given", Version = 1 }, new Spare { Id = 3, Name = "kept again", Version = 2 }]);
        Assert.Equal(
            [
                """1|was given|2|t|{"b": 2}|Road|y|7|8|False|999|l""",
                """2|was given|2|t|{"b": 2}|Road|y|7|8|False|999|l""",
                """3|kept again|3|t|{"b": 2}|Road|y|7|8|False|999|l""",
            ],
            await bank.Target.RowsAsync(Rows));

        // With a version to check, too: what another has changed in between is not cleared.
        Spare stored = (await spares.FindAsync(3))!;
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => spares.UpdateFromAsync(stored with { Version = 1 }, stored with { Label = null }));
        Assert.Equal(["l"], await bank.Target.RowsAsync("SELECT label FROM spare WHERE id = 3"));
        Assert.Null((await spares.UpdateFromAsync(stored, stored with { Label = null }))!.Label);
        Assert.Equal(["null"], await bank.Target.RowsAsync("SELECT label FROM spare WHERE id = 3"));
    }

    /// <summary>SQLite takes a name for a text in a default, quoted or not; in an expression it is a column.</summary>
    [Fact]
    public async Task A_default_of_SQLite_may_be_a_name()
    {
        await using Bank bank = await CreateSparesAsync(
            Engine.Sqlite,
            "",
            """
            tags TEXT NOT NULL DEFAULT "[]", settings TEXT NOT NULL DEFAULT name, carriage TEXT NOT NULL DEFAULT [Rail], code TEXT NOT NULL DEFAULT `it's`, number INTEGER NOT NULL DEFAULT (2 + 3),
            serial INTEGER, made_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, cents INTEGER NOT NULL DEFAULT -5, label TEXT NOT NULL DEFAULT 'x'
            """);
        Migration migration = await bank.StartAsync(Stage.TargetFirst);

        await new SpareRepository(migration).InsertAsync(new Spare { Id = 1, Name = "a" });

        Assert.Equal(
            ["1|a|1|[]|name|Rail|it's|5|null|1|-5|x"],
            await bank.Target.RowsAsync("SELECT id, name, version, tags, settings, carriage, code, number, serial, made_at > '2000', cents, label FROM spare"));
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

    private static void Patient(MigrationOptions options) => (options.PauseBudget, options.LockTimeout) = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));

    private static async Task<Gadget[]> ReadAsync(GadgetRepository gadgets) => [.. (await gadgets.FindManyAsync([1, 2, 3, 4, 5, 6])).Select(gadget => gadget!)];

    // Every way by which an entity becomes a row that is there already.
    private static async Task<List<Gadget?>> WriteAsync(GadgetRepository gadgets, Gadget[] read, string name)
    {
        Gadget[] changed = [.. read.Select(gadget => gadget with { Name = name })];
        return
        [
            await gadgets.UpdateAsync(changed[0]),
            .. await gadgets.UpdateManyAsync([changed[1], changed[2]]),
            await gadgets.UpsertAsync(changed[3]),
            .. await gadgets.UpsertManyAsync([changed[4], changed[5]]),
        ];
    }

    private async Task<Bank> CreateSparesAsync(Engine engine, string types, string columns)
    {
        Bank bank = await Bank.CreateAsync(engine, server);
        const string Shared = "id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, version BIGINT NOT NULL";
        await bank.Source.ExecuteAsync($"CREATE TABLE spare ({Shared})");
        await bank.Target.ExecuteAsync($"{types} CREATE TABLE spare ({Shared}, {columns})");
        bank.Additional = builder => builder.AddEntity<Spare>();
        return bank;
    }

    private async Task<Bank> CreateAsync(Engine engine, string rank = "BIGINT NOT NULL DEFAULT 7", string legacy = "legacy TEXT", string code = "INTEGER NOT NULL DEFAULT 0")
    {
        Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync($"CREATE TABLE gadget (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, {legacy}, code {code})");
        await bank.Target.ExecuteAsync($"CREATE TABLE gadget (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, code TEXT DEFAULT 'none', rank {rank})");
        bank.Additional = builder => builder.AddEntity<Gadget>();
        return bank;
    }
}
