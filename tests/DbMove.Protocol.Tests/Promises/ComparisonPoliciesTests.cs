using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>
/// A comparison policy decides what is reported and never what is written. The oracle is plain SQL on both databases.
/// </summary>
public sealed class ComparisonPoliciesTests(PostgreSqlServer server)
{
    private const string Rows = "SELECT id, email, angle, remark, CAST(total AS INTEGER) FROM contact ORDER BY id";

    // On every column that has a policy, within it.
    private const string Drift =
        """
        UPDATE contact SET email = ' ADA@example.org', score = score + 0.009, seen = '2026-01-02 03:04:05.9', settings = '{ "b" : [2], "a" : 1.0 }', angle = angle + 360, remark = 'drifted' WHERE id = 1
        """;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_a_policy_overlooks_is_not_reported_and_what_it_does_not_is_with_its_columns(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await StartAsync(bank);
        ContactRepository contacts = new(migration);
        Contact stored = await contacts.InsertAsync(Of(1));
        await Bank.SettleAsync(migration);
        await bank.Target.ExecuteAsync(Drift);

        ValidationReport clean = await Outbox.ValidateAsync(migration);
        await contacts.FindAsync(1);
        await migration.Reads.Shadow.DrainAsync(default);
        Assert.Equal((ValidationState.Clean, string.Empty), (clean.State, clean.Detail));
        Assert.Equal((1, 0), (migration.Reads.Status.Shadow.Matched, migration.Reads.Status.Shadow.Mismatched));
        Assert.Equal(["1| ADA@example.org|450|drifted|5"], await bank.Target.RowsAsync(Rows));

        await bank.Target.ExecuteAsync("UPDATE contact SET total = 6, angle = angle + 1 WHERE id = 1");
        ValidationReport found = await Outbox.ValidateAsync(migration);
        Assert.Equal(["angle", "total"], Assert.Single(found.Sample).Columns);
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        // The row as a whole, also what no report speaks of.
        Assert.Equal(["1|ada@example.org|90|first|5"], await bank.Target.RowsAsync(Rows));
        Assert.Equal(stored, await contacts.FindAsync(1));
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);
    }

    /// <summary>The naive way: the repair finds the rows equal by the policy, clears the intent, and a write that succeeded is gone.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_write_that_changes_only_what_is_overlooked_reaches_the_follower_by_its_intent_alone(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await StartAsync(bank);
        ContactRepository contacts = new(migration);
        Contact stored = await contacts.InsertAsync(Of(1));
        await Bank.SettleAsync(migration);

        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => contacts.UpdateAsync(stored with { Email = "Ada@Example.org", Angle = 450, Remark = "second" }));
        Assert.Equal(["1|ada@example.org|90|first|5"], await bank.Target.RowsAsync(Rows));
        RepairReport report = await new ContactFixer(migration).RepairAsync([1]);
        await Bank.SettleAsync(migration);

        Assert.Equal((1, 0, 0), (report.Repaired, report.AlreadyConsistent, report.Failed.Count));
        Assert.Equal(["1|Ada@Example.org|450|second|5"], await bank.Target.RowsAsync(Rows));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    /// <summary>The naive way: the ramp gives out the target's row, whose remark no validation looks at, and the caller writes it back to the source.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_read_ramp_gives_out_nothing_that_a_policy_overlooks(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            options.Validation.SuspectDelay = TimeSpan.Zero;
            options.Reads.TargetPercentage = 100;
        });
        ContactRepository contacts = new(migration);
        await contacts.InsertAsync(Of(1));
        await migration.Backfill.StartAsync();
        await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await Bank.SettleAsync(migration);
        await bank.Target.ExecuteAsync(Drift);
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);
        await migration.Reads.Readiness.LookAsync(default);

        Contact read = (await contacts.FindAsync(1))!;
        await contacts.UpdateAsync(read with { Total = 6 });

        Assert.True(migration.Reads.Status.IsTargetRead, migration.Reads.Status.Detail);
        Assert.Equal(["1|ada@example.org|90|first|6"], await bank.Source.RowsAsync(Rows));
    }

    /// <summary>The follower's column rounds: beyond the tolerance that is a failure, within it there is nothing to do.</summary>
    [Fact]
    public async Task A_repaired_row_that_is_as_near_as_the_policy_asks_is_repaired()
    {
        await using Bank bank = await CreateAsync(Engine.SqliteToPostgreSql, score: "NUMERIC(6,1)");
        Migration migration = await StartAsync(bank);
        ContactRepository contacts = new(migration);
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => contacts.InsertAsync(Of(1) with { Score = 0.37m }));

        RepairReport report = await new ContactFixer(migration).RepairAsync([1]);

        Assert.Equal((1, 0), (report.Repaired, report.Failed.Count));
        Assert.Equal(["0.4"], await bank.Target.RowsAsync("SELECT score FROM contact"));
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);
    }

    /// <summary>Two servers compare ranges by a hash that follows their <c>=</c>: it must not hide what only looks equal.</summary>
    [Theory]
    [InlineData(Engine.PostgreSql)]
    [InlineData(Engine.SqliteToPostgreSql)]
    public async Task Identical_finds_what_equal_does_not(Engine engine)
    {
        foreach (bool isIdentical in new[] { true, false })
        {
            await using Bank bank = await Bank.CreateAsync(engine, server);
            foreach (Database database in new[] { bank.Source, bank.Target })
            {
                await database.ExecuteAsync($"CREATE TABLE sum (id BIGINT NOT NULL PRIMARY KEY, total {(database.IsPostgreSql ? "NUMERIC" : "TEXT")} NOT NULL, ratio {(database.IsPostgreSql ? "DOUBLE PRECISION" : "REAL")} NOT NULL)");
            }

            bank.Additional = builder => _ = isIdentical ? builder.AddEntity<ExactSum>() : builder.AddEntity<LooseSum>();
            await bank.Source.ExecuteAsync("INSERT INTO sum (id, total, ratio) VALUES (1, '1.0', 0), (2, '2.5', 1), (3, '1', 0.5)");
            Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);
            await migration.Backfill.StartAsync();
            BackfillReport copied = await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
            Assert.True(copied.State == BackfillState.Completed, copied.Failure?.ToString());
            Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);

            await bank.Target.ExecuteAsync("UPDATE sum SET total = 1.00 WHERE id = 1; UPDATE sum SET ratio = '-0' WHERE id = 1");
            ValidationReport found = await Outbox.ValidateAsync(migration);
            while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
            {
            }

            Assert.Equal(isIdentical ? ["total", "ratio"] : [], found.Sample.SelectMany(difference => difference.Columns));
            Assert.Equal([isIdentical ? "1.0" : "1.00"], await bank.Target.RowsAsync("SELECT total FROM sum WHERE id = 1"));
        }
    }

    /// <summary>The naive way: an array is compared as its elements' "==" has it, and so does the server's hash of it.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Identical_looks_into_arrays(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        foreach (Database database in new[] { bank.Source, bank.Target })
        {
            await database.ExecuteAsync(database.IsPostgreSql
                ? "CREATE TABLE list (id BIGINT NOT NULL PRIMARY KEY, totals NUMERIC[] NOT NULL, ratios DOUBLE PRECISION[])"
                : "CREATE TABLE list (id BIGINT NOT NULL PRIMARY KEY, totals TEXT NOT NULL, ratios TEXT)");
        }

        bank.Additional = builder => builder.AddEntity<ExactList>();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);
        await new ExactListRepository(migration).InsertManyAsync(
            [new ExactList { Id = 1, Totals = [1.0m, 2.50m], Ratios = [0] }, new ExactList { Id = 2, Totals = [], Ratios = null }, new ExactList { Id = 3, Totals = [5m], Ratios = [-0.0, 0.1] }]);
        await Bank.SettleAsync(migration);
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);

        (string totals, string ratios) = bank.Target.IsPostgreSql ? ("{1.00,2.50}", "{-0}") : ("[1.00,2.50]", "[-0.0]");
        await bank.Target.ExecuteAsync($"UPDATE list SET totals = '{totals}', ratios = '{ratios}' WHERE id = 1");
        ValidationReport found = await Outbox.ValidateAsync(migration);
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        Assert.Equal(["totals", "ratios"], found.Sample.SelectMany(difference => difference.Columns));
        Assert.Equal(["1.0"], await bank.Target.RowsAsync($"SELECT {(bank.Target.IsPostgreSql ? "totals[1]::text" : "substr(totals, 2, 3)")} FROM list WHERE id = 1"));
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);
    }

    [Fact]
    public async Task The_schema_check_knows_what_a_policy_overlooks()
    {
        await using Bank bank = await CreateAsync(Engine.PostgreSql, email: "char(40)");
        Migration migration = await StartAsync(bank);
        await new ContactRepository(migration).InsertAsync(Of(1));
        await Bank.SettleAsync(migration);
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);

        await using Bank exact = await Bank.CreateAsync(Engine.PostgreSql, server);
        await exact.Source.ExecuteAsync("CREATE TABLE sum (id BIGINT NOT NULL PRIMARY KEY, total NUMERIC(9,2) NOT NULL, ratio DOUBLE PRECISION NOT NULL)");
        await exact.Target.ExecuteAsync("CREATE TABLE sum (id BIGINT NOT NULL PRIMARY KEY, total NUMERIC(10,3) NOT NULL, ratio DOUBLE PRECISION NOT NULL)");
        exact.Additional = builder => builder.AddEntity<ExactSum>();
        SchemaCheckException refused = await Assert.ThrowsAsync<SchemaCheckException>(() => exact.StartAsync());
        Assert.Contains("compared as Identical", Assert.Single(refused.Findings), StringComparison.Ordinal);
    }

    /// <summary>17.50 is 17.5 in the one column and 17.50 in the other, for ever: no repair ends it.</summary>
    [Theory]
    [InlineData("DECIMAL(10,2)", "NUMERIC(10,2)")]
    [InlineData("DECIMAL(10,2)", "NUMERIC")]
    [InlineData("TEXT", "NUMERIC(10,2)")]
    public async Task A_decimal_that_one_side_keeps_in_another_scale_cannot_be_identical(string source, string target)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.SqliteToPostgreSql, server);
        await bank.Source.ExecuteAsync($"CREATE TABLE sum (id BIGINT NOT NULL PRIMARY KEY, total {source} NOT NULL, ratio REAL NOT NULL)");
        await bank.Target.ExecuteAsync($"CREATE TABLE sum (id BIGINT NOT NULL PRIMARY KEY, total {target} NOT NULL, ratio DOUBLE PRECISION NOT NULL)");
        bank.Additional = builder => builder.AddEntity<ExactSum>();

        SchemaCheckException refused = await Assert.ThrowsAsync<SchemaCheckException>(() => bank.StartAsync());

        string finding = Assert.Single(refused.Findings);
        Assert.Contains("'total'", finding, StringComparison.Ordinal);
        Assert.Contains("compared as Identical", finding, StringComparison.Ordinal);
    }

    private static Contact Of(long id) => new()
    {
        Id = id, Email = "ada@example.org", Score = 1, Seen = new DateTime(2026, 1, 2, 3, 4, 5), Settings = """{"a":1,"b":[2]}""", Angle = 90, Remark = "first", Total = 5,
    };

    private static Task<Migration> StartAsync(Bank bank) => bank.StartAsync(Stage.SourceFirst, options =>
    {
        options.Validation.SuspectDelay = TimeSpan.Zero;
        options.Reads.ShadowPercentage = 100;
    });

    private async Task<Bank> CreateAsync(Engine engine, string score = "NUMERIC(10,3)", string email = "text")
    {
        Bank bank = await Bank.CreateAsync(engine, server);
        foreach (Database database in new[] { bank.Source, bank.Target })
        {
            // JSON has a form of its own on one side alone, which without the policy is refused.
            bool isOther = database == bank.Target && database.IsPostgreSql;
            await database.ExecuteAsync(
                $"""
                CREATE TABLE contact (id BIGINT NOT NULL PRIMARY KEY, email {(isOther ? email : "TEXT")} NOT NULL, score {(isOther ? score : database.IsPostgreSql ? "NUMERIC(10,3)" : "TEXT")} NOT NULL,
                    seen {(database.IsPostgreSql ? "TIMESTAMP" : "TEXT")} NOT NULL, settings {(isOther ? "JSONB" : "TEXT")}, angle INTEGER, remark TEXT, total {(database.IsPostgreSql ? "NUMERIC(10,2)" : "TEXT")} NOT NULL)
                """);
        }

        bank.Additional = builder => builder.AddEntity<Contact>();
        return bank;
    }
}
