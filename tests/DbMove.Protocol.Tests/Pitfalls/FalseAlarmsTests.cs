using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Pitfalls;

/// <summary>P29 to P31: how equal data is reported as different.</summary>
public sealed class FalseAlarmsTests(PostgreSqlServer server)
{
    /// <summary>The naive way: both sides are read, they differ, it is reported; but the write has an intent and will arrive.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P29_A_write_that_is_on_its_way_is_pending_and_never_reported(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, Quick);
        Account stored = await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await Bank.SettleAsync(migration);
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => new AccountRepository(migration).UpdateAsync(stored with { Balance = 2 }));

        ValidationReport report = await Outbox.ValidateAsync(migration);

        Assert.Equal((ValidationState.Inconclusive, 0L, 1L), (report.State, report.Differences, report.Undecided));
        Assert.Equal(0, await bank.Target.CountAsync("dbmove_event"));
        await Bank.SettleAsync(migration);
        Assert.True((await Outbox.ValidateAsync(migration)).IsClean);
    }

    /// <summary>The naive way: the sides are read one after the other, and what arrived in between is reported as missing.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P29_A_write_that_arrives_between_two_readings_is_nothing(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, Quick);
        Migration other = await bank.StartAsync();
        Crash.At(other, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => new AccountRepository(other).InsertAsync(new Account { Owner = "Ada", Balance = 1 }));
        int rounds = 0;
        migration.Context.Probes.Handler = async (point, _) =>
        {
            if (point == "validation.suspects" && Interlocked.Increment(ref rounds) == 1)
            {
                await Bank.SettleAsync(other);
            }
        };

        ValidationReport report = await Outbox.ValidateAsync(migration);

        Assert.Equal((ValidationState.Clean, 1L, 1), (report.State, report.RowsCompared, rounds));
    }

    /// <summary>
    /// The naive way: what was judged under locks that the server has taken away meanwhile is believed, and the intent that would
    /// explain it was cleared by the repair that came in between.
    /// </summary>
    [Theory]
    [InlineData(Stage.SourceFirst)]
    [InlineData(Stage.TargetFirst)]
    public async Task P29_A_judgement_whose_locks_on_the_follower_are_gone_is_none(Stage stage)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(stage, Quick);
        Migration other = await bank.StartAsync();
        Account stored = await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await Bank.SettleAsync(migration);
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => new AccountRepository(migration).UpdateAsync(stored with { Balance = 2 }));
        int judged = 0;
        migration.Context.Probes.Handler = async (point, _) =>
        {
            if (point == "repair.examined" && Interlocked.Increment(ref judged) == 1)
            {
                await bank.On(stage.Authority().Other()).EndSessionsAsync("state LIKE 'idle in transaction%'");
                await Bank.SettleAsync(other);
                await bank.AssertEqualAsync();
                Assert.Equal(0, await bank.OpenIntentsAsync(stage.Authority()));
            }
        };

        ValidationReport report = await Outbox.ValidateAsync(migration);

        Assert.True(judged > 0);
        Assert.Equal(0, report.Differences);
        Assert.Equal(0, await bank.Target.CountAsync("dbmove_event"));
    }

    /// <summary>The naive way: values are compared as the texts or driver types that each engine gives.</summary>
    [Fact]
    public async Task P30_Values_in_the_forms_of_two_engines_are_equal_and_real_differences_are_not()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.SqliteToPostgreSql, server);
        await bank.Source.ExecuteAsync(
            """
            CREATE TABLE sample (id INTEGER PRIMARY KEY, amount TEXT NOT NULL, ratio REAL NOT NULL, at TEXT NOT NULL, local TEXT NOT NULL, mark TEXT NOT NULL, flag INTEGER NOT NULL, note TEXT);
            INSERT INTO sample VALUES (1, '1.0', 0.0, '2024-05-06 07:08:09.1234567+00:00', '2024-05-06 07:08:09', '0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9', 1, 'a ');
            INSERT INTO sample VALUES (2, '-0.50', 9e999, '2024-05-06 09:08:09.5+02:00', '2024-12-31 23:59:59.999', '00000000-0000-0000-0000-000000000001', 0, '');
            INSERT INTO sample VALUES (3, '100', -9e999, '2024-05-06T07:08:09Z', '2024-02-29 00:00:00', 'FFFFFFFF-0000-0000-0000-000000000000', 1, NULL);
            """);
        await bank.Target.ExecuteAsync(
            """
            CREATE TABLE sample (id BIGINT PRIMARY KEY, amount NUMERIC(20, 6) NOT NULL, ratio DOUBLE PRECISION NOT NULL, at TIMESTAMPTZ NOT NULL, local TIMESTAMP NOT NULL, mark UUID NOT NULL, flag BOOLEAN NOT NULL, note TEXT);
            INSERT INTO sample VALUES (1, 1.000000, '-0', '2024-05-06 12:08:09.123456+05', '2024-05-06 07:08:09', '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9', true, 'a ');
            INSERT INTO sample VALUES (2, -0.5, 'infinity', '2024-05-06 07:08:09.5+00', '2024-12-31 23:59:59.999000', '00000000-0000-0000-0000-000000000001', false, '');
            INSERT INTO sample VALUES (3, 1e2, '-infinity', '2024-05-06 07:08:09+00', '2024-02-29', 'ffffffff-0000-0000-0000-000000000000', true, NULL);
            """);
        Migration migration = await StartAsync<Sample>(bank);

        ValidationReport equal = await Outbox.ValidateAsync(migration);
        Assert.Equal((ValidationState.Clean, string.Empty, 3L), (equal.State, equal.Detail, equal.RowsCompared));

        // Each of them is a difference, however small it looks.
        foreach ((string column, string other) in new[]
        {
            ("amount", "amount = 1.000001"), ("ratio", "ratio = 5e-324"), ("at", "at = at + interval '1 microsecond'"), ("local", "local = local + interval '1 microsecond'"),
            ("mark", "mark = '3d2c1b0a-5f4e-7160-8293-a4b5c6d7e8f9'"), ("flag", "flag = false"), ("note", "note = 'a'"), ("note", "note = NULL"),
        })
        {
            await bank.Target.ExecuteAsync($"UPDATE sample SET {other} WHERE id = 1");
            ValidationDifference difference = Assert.Single((await Outbox.ValidateAsync(migration)).Sample);
            Assert.Equal(("[\"1\"]", column), (difference.Key, string.Join(',', difference.Columns)));
            while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
            {
            }
        }

        Assert.True((await Outbox.ValidateAsync(migration)).IsClean);
    }

    /// <summary>The naive way: each side returns rows in the order of its own collation or Guid format, and the merge takes the lost step for missing rows.</summary>
    [Theory, MemberData(nameof(Engines.PostgreSqlTarget), MemberType = typeof(Engines))]
    public async Task P31_Keys_that_the_engines_order_differently_are_merged_without_losing_step(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        string source = bank.Source.IsPostgreSql ? "name TEXT COLLATE \"C\" NOT NULL, mark UUID" : "name TEXT NOT NULL, mark TEXT";
        await bank.Source.ExecuteAsync($"CREATE TABLE device ({source} NOT NULL, load BIGINT NOT NULL, PRIMARY KEY (name, mark))");
        await bank.Target.ExecuteAsync("CREATE TABLE device (name TEXT COLLATE \"en-x-icu\" NOT NULL, mark UUID NOT NULL, load BIGINT NOT NULL, PRIMARY KEY (name, mark))");
        Migration migration = await StartAsync<Device>(bank);
        string[] names = ["a", "B", "ab", "a b", "A-B", "Z", "ä", "z", "_x", "1", "10", "9", "é", "e\u0301", "\U0001F600", "\uFF5E"];
        Guid[] marks = [new("00000001-0000-0000-0000-000000000000"), new("01000000-0000-0000-0000-000000000000"), new("00000000-0000-0000-0000-0000000000ff"), new("ff000000-0000-0000-0000-000000000000")];
        await new DeviceRepository(migration).InsertManyAsync([.. from name in names from mark in marks select new Device { Name = name, Mark = mark }]);
        await Bank.SettleAsync(migration);

        ValidationReport equal = await Outbox.ValidateAsync(migration);
        Assert.Equal((ValidationState.Clean, (long)names.Length * marks.Length), (equal.State, equal.RowsCompared));

        await bank.Target.ExecuteAsync($"DELETE FROM device WHERE name = 'a b' AND mark = '{marks[2]}'; UPDATE device SET load = 1 WHERE name = 'ä' AND mark = '{marks[0]}'; INSERT INTO device VALUES ('Ab', '{marks[1]}', 0)");
        ValidationReport found = await Outbox.ValidateAsync(migration);

        ValidationEntityReport devices = found.Entities.Single(entity => entity.Entity == "device");
        Assert.Equal((1L, 1L, 1L, 0L), (devices.MissingInTarget, devices.Different, devices.MissingInSource, devices.Undecided));
    }

    private static void Quick(MigrationOptions options) => (options.Validation.SuspectDelay, options.Validation.SuspectRounds) = (TimeSpan.Zero, 2);

    private static Task<Migration> StartAsync<T>(Bank bank)
        where T : Mapping.IMigratable<T>
    {
        bank.Additional = builder => builder.AddEntity<T>();
        return bank.StartAsync(Stage.SourceFirst, options =>
        {
            (options.Validation.RangeSize, options.Validation.PageSize, options.Validation.SuspectDelay) = (7, 3, TimeSpan.Zero);
            options.Events.RetryDelay = TimeSpan.FromMilliseconds(1);
        });
    }
}
