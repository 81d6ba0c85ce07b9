using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Repositories' statements on entities with a key of two columns and on structs, while the one side decides and while the other does. Plain SQL is the oracle.</summary>
public sealed class SqlMethodShapeTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_images_of_a_key_of_two_columns_reach_the_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await BothAsync(bank, side => $"INSERT INTO account (id, owner, {(side == Side.Source ? "balance" : "amount")}) VALUES (1, 'Ada', 0), (2, 'Bob', 0)");
        await BothAsync(bank, _ => "INSERT INTO entry (account_id, line, note) VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c')");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        EntryRepository entries = new(migration);

        Assert.Equal([Line(1, 1, "n"), Line(1, 2, "n")], (await entries.NoteAllAsync(1, "n")).OrderBy(entry => entry.Line));
        Assert.Equal(Line(2, 1, null), await entries.NoteAsync(2, 1, null));
        Assert.Null(await entries.NoteAsync(2, 2, "nobody's"));
        await AssertAsync(bank, "1|1|n", "1|2|n", "2|1|null");

        await BehindAsync(migration, Stage.TargetFirst);
        Assert.Equal(2, await entries.CopyAsync(1, 10));
        Assert.Equal(Line(1, 12, "n"), await entries.FindOneAsync(1, 12));
        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            Assert.Equal(Line(1, 11, "t"), await entries.NoteAsync(1, 11, "t", transaction));
            Assert.Equal([1, 2, 11, 12], await entries.StreamOfAsync("Ada", transaction).Select(entry => entry.Line).ToListAsync());
            Assert.Equal(2, (await entries.DeleteAfterAsync(1, transaction)).Count(entry => entry.Note == "n"));
            await transaction.CommitAsync();
        }

        await AssertAsync(bank, "1|1|n", "2|1|null");
        await SettledAsync(bank, migration, Side.Target);

        static Entry Line(long account, int line, string? note) => new() { AccountId = account, Line = line, Note = note };

        static async Task AssertAsync(Bank bank, params string[] rows)
        {
            Assert.Equal(rows, await bank.EntriesAsync(Side.Source));
            Assert.Equal(rows, await bank.EntriesAsync(Side.Target));
        }
    }

    /// <summary>More rows than go into one statement: what is left out between two of them would be missed here.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Many_rows_with_a_key_of_two_columns_reach_the_follower_in_ranges(Engine engine)
    {
        const int Lines = 1_250;
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await BothAsync(bank, side => $"INSERT INTO account (id, owner, {(side == Side.Source ? "balance" : "amount")}) VALUES (1, 'Ada', 0), (2, 'Bob', 0)");
        await bank.Source.ExecuteAsync($"INSERT INTO entry (account_id, line, note) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Lines}) SELECT account.id, i, 'a' FROM n, account");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        EntryRepository entries = new(migration);

        Assert.Equal(Lines, (await entries.NoteAllAsync(1, "n")).Count);
        Assert.Equal(Lines, await entries.CopyAsync(2, Lines));
        Assert.Equal(Lines, (await entries.NoteAllAsync(2, "m")).Count(entry => entry.Line > Lines));

        Assert.Equal(3 * Lines, await bank.Target.CountAsync("entry"));
        Assert.Equal(await bank.EntriesAsync(Side.Source), await bank.EntriesAsync(Side.Target));
        await SettledAsync(bank, migration, Side.Source);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_images_of_structs_with_a_key_of_two_columns_reach_the_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("""CREATE TABLE "Tile" (x INTEGER NOT NULL, y INTEGER NOT NULL, colour TEXT NOT NULL, height BIGINT NOT NULL, PRIMARY KEY (x, y))""");
        await bank.Target.ExecuteAsync("CREATE TABLE tiles (across INTEGER NOT NULL, y INTEGER NOT NULL, colour TEXT NOT NULL, height BIGINT NOT NULL, PRIMARY KEY (across, y))");
        bank.Additional = static builder => builder.AddEntity<Tile>();
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        TileRepository tiles = new(migration);
        await tiles.InsertManyAsync([At(1, 1, 1), At(1, 2, 2), At(2, 1, 3)]);

        Assert.Equal(
            [At(1, 1, 11, Carriage.Rail), At(1, 2, 12, Carriage.Rail)],
            (await tiles.RaiseAsync(1, 10, Carriage.Rail)).OrderBy(tile => tile.Y));
        Assert.Equal(At(2, 1, 30), await tiles.SetAsync(2, 1, 30));
        Assert.Null(await tiles.SetAsync(9, 9, 1));
        await AssertAsync(bank, "1|1|Rail|11", "1|2|Rail|12", "2|1|Road|30");

        await BehindAsync(migration, Stage.TargetFirst);
        Assert.Equal(3, await tiles.CopyAsync(10));
        Assert.Equal(30, (await tiles.FindOneAsync(12, 1))!.Value.Height);
        Assert.Null(await tiles.FindOneAsync(12, 2));
        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            Assert.Equal([1, 1, 2, 11, 11, 12], await tiles.StreamAsync(transaction).Select(tile => tile.X).ToListAsync());
            Assert.Equal([11, 11], (await tiles.DeleteLowAsync(12, transaction)).Select(tile => tile.Height));
            await transaction.CommitAsync();
        }

        await AssertAsync(bank, "1|2|Rail|12", "2|1|Road|30", "11|2|Rail|12", "12|1|Road|30");
        await SettledAsync(bank, migration, Side.Target);

        static Tile At(int x, int y, long height, Carriage colour = Carriage.Road) => new() { X = x, Y = y, Height = height, Colour = colour };

        static async Task AssertAsync(Bank bank, params string[] rows)
        {
            Assert.Equal(rows, await bank.Source.RowsAsync("""SELECT x, y, colour, height FROM "Tile" ORDER BY x, y"""));
            Assert.Equal(rows, await bank.Target.RowsAsync("SELECT across, y, colour, height FROM tiles ORDER BY across, y"));
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_images_of_record_structs_reach_the_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await BothAsync(bank, _ => """CREATE TABLE "Gauge" ("Id" BIGINT NOT NULL PRIMARY KEY, "Value" DOUBLE PRECISION NOT NULL, "Note" TEXT)""");
        bank.Additional = static builder => builder.AddEntity<Gauge>();
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        GaugeRepository gauges = new(migration);

        Assert.Equal(new Gauge { Id = 1, Value = 0.5 }, await gauges.PutAsync(1, 0.5));
        Assert.Equal(new Gauge { Id = 2, Value = 2 }, await gauges.PutAsync(2, 2));
        Assert.Equal(new Gauge { Id = 1, Value = 1 }, await gauges.PutAsync(1, 1));
        Assert.Equal([new Gauge { Id = 1, Value = 1.5, Note = "n" }], await gauges.ScaleAsync(1, 1.5, "n"));
        await AssertAsync(bank, "1|1.5|n", "2|2|null");

        await BehindAsync(migration, Stage.TargetFirst);
        Assert.Equal(new Gauge { Id = 1, Value = 1.5, Note = "n" }, await gauges.FindOneAsync(1));
        Assert.Equal(2, (await gauges.GetAsync(2)).Value);
        Assert.Null(await gauges.FindOneAsync(3));
        await Assert.ThrowsAsync<InvalidOperationException>(() => gauges.GetAsync(3).AsTask());
        Assert.Equal(2, (await gauges.ScaleAsync(9, 2, null)).Count);
        Assert.Equal([new Gauge { Id = 2, Value = 4 }, new Gauge { Id = 1, Value = 3 }], await gauges.ListAsync());
        Assert.Equal(new Gauge { Id = 2, Value = 4 }, await gauges.TakeAsync(2));
        Assert.Null(await gauges.TakeAsync(2));

        await AssertAsync(bank, "1|3|null");
        await SettledAsync(bank, migration, Side.Target);

        static async Task AssertAsync(Bank bank, params string[] rows)
        {
            Assert.Equal(rows, await bank.Source.RowsAsync("""SELECT "Id", "Value", "Note" FROM "Gauge" ORDER BY 1"""));
            Assert.Equal(rows, await bank.Target.RowsAsync("""SELECT "Id", "Value", "Note" FROM "Gauge" ORDER BY 1"""));
        }
    }

    private static async Task BothAsync(Bank bank, Func<Side, string> sql)
    {
        await bank.Source.ExecuteAsync(sql(Side.Source));
        await bank.Target.ExecuteAsync(sql(Side.Target));
    }

    private static async Task BehindAsync(Migration migration, Stage stage)
    {
        await Bank.SettleAsync(migration);
        await migration.SwitchAsync(stage, Bank.Forced);
    }

    private static async Task SettledAsync(Bank bank, Migration migration, Side authority)
    {
        await Bank.SettleAsync(migration);
        Assert.Equal(0, await bank.OpenIntentsAsync(authority));
    }
}
