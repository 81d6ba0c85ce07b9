using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Names and kinds of entities that are unlike the usual ones, through a whole migration.</summary>
public sealed class ShapesTests(PostgreSqlServer server)
{
    private const string SourceOdd = """SELECT "order", "i""d", "Group" FROM "my ""odd"" table" ORDER BY 1""";
    private const string TargetOdd = """"SELECT "order", "i""d", "sel""ect" FROM "tab'le ""x""" ORDER BY 1"""";
    private const string Gauges = """SELECT "Id", "Value", "Note" FROM "Gauge" ORDER BY 1""";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Quotes_keywords_positional_records_and_structs_move(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("""CREATE TABLE "my ""odd"" table" ("order" BIGINT NOT NULL, "i""d" TEXT NOT NULL, "Group" TEXT, PRIMARY KEY ("order", "i""d"))""");
        await bank.Target.ExecuteAsync(""""CREATE TABLE "tab'le ""x""" ("order" BIGINT NOT NULL, "i""d" TEXT NOT NULL, "sel""ect" TEXT, PRIMARY KEY ("order", "i""d"))"""");
        foreach (Database database in (Database[])[bank.Source, bank.Target])
        {
            await database.ExecuteAsync("""CREATE TABLE "Gauge" ("Id" BIGINT NOT NULL PRIMARY KEY, "Value" DOUBLE PRECISION NOT NULL, "Note" TEXT)""");
        }

        await bank.Source.ExecuteAsync("""INSERT INTO "my ""odd"" table" VALUES (1, 'a"b', NULL), (2, 'it''s', 'x'); INSERT INTO "Gauge" VALUES (1, 0.5, NULL)""");
        bank.Additional = builder => builder.AddEntity<Odd>().AddEntity<Gauge>();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);
        OddRepository odds = new(migration);
        GaugeRepository gauges = new(migration);

        await migration.Backfill.StartAsync();
        BackfillReport copied = await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(copied.State == BackfillState.Completed, copied.Failure?.ToString());
        Assert.Equal(new Odd(3, "\"", "new"), await odds.InsertAsync(new Odd(3, "\"", "new")));
        Assert.Equal(new Odd(1, "a\"b", "set"), await odds.UpdateAsync(new Odd(1, "a\"b", "set")));
        Assert.True(await odds.DeleteAsync(new OddKey(2, "it's")));
        Assert.Equal(new Gauge { Id = 2, Value = 1.5, Note = "n" }, await gauges.InsertAsync(new Gauge { Id = 2, Value = 1.5, Note = "n" }));
        Assert.Null(await gauges.UpdateAsync(new Gauge { Id = 9 }));
        await Bank.SettleAsync(migration);

        Assert.Equal(["1|a\"b|set", "3|\"|new"], await bank.Source.RowsAsync(SourceOdd));
        Assert.Equal(["1|a\"b|set", "3|\"|new"], await bank.Target.RowsAsync(TargetOdd));
        Assert.Equal(["1|0.5|null", "2|1.5|n"], await bank.Target.RowsAsync(Gauges));
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);

        await bank.Target.ExecuteAsync(""""UPDATE "tab'le ""x""" SET "sel""ect" = 'wrong'; DELETE FROM "Gauge" WHERE "Id" = 1"""");
        Assert.Equal(3, (await Outbox.ValidateAsync(migration)).Entities.Sum(entity => entity.Different + entity.MissingInTarget));
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Assert.Equal(new Odd(3, "\"", "new"), await odds.FindAsync(new OddKey(3, "\"")));
        Assert.Equal(new Gauge { Id = 1, Value = 0.5 }, await gauges.FindAsync(1));
        await odds.UpsertAsync(new Odd(4, "d", null));
        Assert.Equal("4|d|null", (await bank.Source.RowsAsync(SourceOdd))[^1]);
    }
}
