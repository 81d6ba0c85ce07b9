using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>
/// Value objects, enums by name and converters keep their form in every part of a migration: writes, backfill, validation, repair
/// and the switch. What stands in the databases is read by plain SQL.
/// </summary>
public sealed class StoredFormsTests(PostgreSqlServer server)
{
    private const string SourceRows = "SELECT id, sku, substitute, carriage, planned, price, deposit, tracking FROM parcel ORDER BY id";
    private const string TargetRows = "SELECT id, sku, substitute, way, planned, price, deposit, tracking FROM parcel ORDER BY id";
    private const string Stops = "SELECT parcel_id, way, place, note FROM stop ORDER BY parcel_id, way, place";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Writes_reach_both_sides_in_their_stored_form_and_come_back_typed(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        ParcelRepository parcels = new(migration);
        Parcel full = new()
        {
            Sku = new Sku("A-1"), Substitute = new Sku("B-2"), Carriage = Carriage.Train, Planned = Carriage.Road,
            Price = 12.34m, Deposit = -0.5m, Tracking = new Uri("https://example.org/a?b=c"),
        };

        Parcel first = await parcels.InsertAsync(full);
        Parcel second = await parcels.InsertAsync(new Parcel { Sku = new Sku(""), Carriage = Carriage.Road });
        await parcels.UpdateAsync(second with { Deposit = 1m, Planned = Carriage.Rail });
        await Bank.SettleAsync(migration);

        Assert.Equal(full with { Id = first.Id }, first);
        Assert.Equal(first, await parcels.FindAsync(first.Id));
        Assert.Equal([null, first], await parcels.FindManyAsync([new ParcelId(99), first.Id]));
        string[] expected =
        [
            $"{first.Id.Value}|A-1|B-2|Rail|Road|1234|-50|https://example.org/a?b=c",
            $"{second.Id.Value}||null|Road|Rail|0|100|null",
        ];
        Assert.Equal(expected, await bank.Source.RowsAsync(SourceRows));
        Assert.Equal(expected, await bank.Target.RowsAsync(TargetRows));

        Assert.True(await parcels.DeleteAsync(second.Id));
        await Bank.SettleAsync(migration);
        Assert.Equal(expected[..1], await bank.Target.RowsAsync(TargetRows));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Backfill_validation_repair_and_switch_work_on_values(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO parcel (id, sku, carriage, price, tracking) VALUES (1, 'a', 'Train', 5, 'https://example.org/'), (2, 'b', 'Rail', 7, NULL), (3, 'c', 'Road', 9, NULL)");
        await bank.Source.ExecuteAsync("INSERT INTO stop (parcel_id, way, place, note) VALUES (1, 2, 'Ulm', 'x'), (1, 1, 'Bonn', NULL), (2, 1, 'Ulm', NULL)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);

        await migration.Backfill.StartAsync();
        BackfillReport copied = await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(copied.State == BackfillState.Completed, copied.Failure?.ToString());
        Assert.Equal(["1|a|null|Rail|null|5|null|https://example.org/", "2|b|null|Rail|null|7|null|null", "3|c|null|Road|null|9|null|null"], await bank.Target.RowsAsync(TargetRows));
        Assert.Equal(await bank.Source.RowsAsync(Stops), await bank.Target.RowsAsync(Stops));

        // Another name of the same value is no difference; another value is.
        await bank.Target.ExecuteAsync("UPDATE parcel SET way = 'Train' WHERE id = 2");
        ValidationReport clean = await Outbox.ValidateAsync(migration);
        Assert.Equal((ValidationState.Clean, string.Empty), (clean.State, clean.Detail));
        await bank.Target.ExecuteAsync("UPDATE parcel SET way = 'Rail' WHERE id = 3");
        await bank.Target.ExecuteAsync("DELETE FROM stop WHERE place = 'Bonn'");
        ValidationReport found = await Outbox.ValidateAsync(migration);
        Assert.Equal((1, 1), (found.Entities.Sum(entity => entity.Different), found.Entities.Sum(entity => entity.MissingInTarget)));
        Assert.Equal(["[\"1\",\"1\",\"Bonn\"]", "[\"3\"]"], found.Sample.Select(difference => difference.Key).Order(StringComparer.Ordinal));
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        Assert.Equal(["Rail", "Train", "Road"], await bank.Target.RowsAsync("SELECT way FROM parcel ORDER BY id"));
        Assert.Equal(await bank.Source.RowsAsync(Stops), await bank.Target.RowsAsync(Stops));

        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        StopRepository stops = new(migration);
        Stop? stop = await stops.FindAsync(new StopKey(new ParcelId(1), new Leg(Carriage.Rail), new Sku("Ulm")));
        Assert.Equal("x", stop?.Note);
        await stops.UpsertAsync(stop! with { Note = "y" });
        Parcel after = await new ParcelRepository(migration).InsertAsync(new Parcel { Sku = new Sku("d"), Carriage = Carriage.Rail });
        await Bank.SettleAsync(migration);
        Assert.True(after.Id.Value > 3);
        Assert.Equal(["Rail"], await bank.Source.RowsAsync($"SELECT carriage FROM parcel WHERE id = {after.Id.Value}"));
        Assert.Equal(["y"], await bank.Source.RowsAsync("SELECT note FROM stop WHERE parcel_id = 1 AND way = 2"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_text_that_is_no_name_is_named_by_entity_member_and_column_and_never_copied(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO parcel (id, sku, carriage, price) VALUES (1, 'a', 'rail', 5)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);

        Exception read = await Assert.ThrowsAnyAsync<Exception>(() => new ParcelRepository(migration).FindAsync(new ParcelId(1)));
        Exception write = await Assert.ThrowsAnyAsync<Exception>(() => new ParcelRepository(migration).InsertAsync(new Parcel { Sku = new Sku("b"), Carriage = (Carriage)9 }));
        await migration.Backfill.StartAsync();
        BackfillReport copied = await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.All(["Parcel.Carriage", "'carriage' on the source", "'way' on the target"], part => Assert.Contains(part, read.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("'rail'", read.ToString(), StringComparison.Ordinal);
        Assert.Contains("Parcel.Carriage is an enum stored by name, but its value is none", write.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(BackfillState.Completed, copied.State);
        Assert.Contains("Parcel.Carriage", copied.Failure?.ToString() ?? "", StringComparison.Ordinal);
        Assert.Equal((1, 0), (await bank.Source.CountAsync("parcel"), await bank.Target.CountAsync("parcel")));
    }

    /// <summary>The one side keeps the text, the other a form of its own where it has one; what the converter makes of both is compared.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Json_is_compared_by_what_it_says(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);
        ParcelRepository parcels = new(migration);

        Parcel stored = await parcels.InsertAsync(new Parcel { Sku = new Sku("a"), Carriage = Carriage.Road, Address = new Address("Main", "Ulm"), Labels = new() { ["zinc"] = 1e2, ["a"] = 0.5 } });
        await Bank.SettleAsync(migration);

        Assert.Equal(new Address("Main", "Ulm"), stored.Address);
        Assert.Equal(["""{"zinc":100,"a":0.5}"""], await bank.Source.RowsAsync("SELECT labels FROM parcel"));
        Assert.Equal([bank.Target.IsPostgreSql ? """{"a": 0.5, "zinc": 100}""" : """{"zinc":100,"a":0.5}"""], await bank.Target.RowsAsync("SELECT labels FROM parcel"));
        Assert.Equal(["""{"Street":"Main","City":"Ulm"}"""], await bank.Source.RowsAsync("SELECT address FROM parcel"));
        Assert.Equal([bank.Target.IsPostgreSql ? """{"City": "Ulm", "Street": "Main"}""" : """{"Street":"Main","City":"Ulm"}"""], await bank.Target.RowsAsync("SELECT address FROM parcel"));
        await bank.Target.ExecuteAsync("""UPDATE parcel SET address = '{ "City" : "Ulm", "Street" : "Main" }', labels = '{ "a": 5e-1, "zinc": 100.0 }'""");
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);

        await bank.Target.ExecuteAsync("""UPDATE parcel SET address = '{ "City" : "Bonn", "Street" : "Main" }'""");
        Assert.Equal(1, (await Outbox.ValidateAsync(migration)).Entities.Sum(entity => entity.Different));
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Parcel? found = await parcels.FindAsync(stored.Id);
        Assert.Equal(stored.Labels, found?.Labels);
        Assert.Equal(stored, found! with { Labels = stored.Labels });
        await bank.Target.ExecuteAsync("UPDATE parcel SET address = '[]'");
        Exception read = await Assert.ThrowsAnyAsync<Exception>(() => parcels.FindAsync(stored.Id));
        Assert.Contains("Parcel.Address cannot be read", read.ToString(), StringComparison.Ordinal);
        Assert.Contains($"the row with id = {stored.Id.Value}.", read.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The naive way: what the type's own code throws is no error of the data, so it ends the loop, which begins again with the same oldest intents.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_row_that_the_types_own_code_refuses_stands_apart_and_the_rest_is_repaired(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        ParcelRepository parcels = new(migration);
        Parcel sound = new() { Sku = new Sku("a"), Carriage = Carriage.Road, Address = new Address("Main", "Ulm") };
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => parcels.InsertManyAsync([sound, sound, sound, sound]));
        string[] spoilt = ["address = '{\"Street\":\"Main\",\"City\":\"\"}'", "address = '{}'", "substitute = '!'"];
        for (int index = 0; index < spoilt.Length; index++)
        {
            await bank.Source.ExecuteAsync($"UPDATE parcel SET {spoilt[index]} WHERE id = {index + 1}");
        }

        await Bank.SettleAsync(migration);

        Assert.Equal(["4"], await bank.Target.RowsAsync("SELECT id FROM parcel"));
        List<string> reasons = await bank.Source.RowsAsync("SELECT reason FROM dbmove_intent ORDER BY id");
        Assert.Equal(3, reasons.Count);
        Assert.All(reasons[..2], reason => Assert.Contains("Parcel.Address cannot be read", reason, StringComparison.Ordinal));
        Assert.Contains("'parcel' the row with id = 3 cannot be read", reasons[2], StringComparison.Ordinal);
        Assert.All(reasons[..2], (reason, index) => Assert.Contains($"the row with id = {index + 1}.", reason, StringComparison.Ordinal));

        await bank.Source.ExecuteAsync("UPDATE parcel SET address = NULL, substitute = NULL");
        RepairReport report = await new ParcelFixer(migration).RepairAsync([new ParcelId(1), new ParcelId(2), new ParcelId(3)]);
        Assert.Equal((3, 0), (report.Repaired, report.Failed.Count));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    internal static async Task<Bank> CreateAsync(Engine engine, PostgreSqlServer server)
    {
        Bank bank = await Bank.CreateAsync(engine, server);
        foreach ((Database database, string carriage) in new[] { (bank.Source, "carriage"), (bank.Target, "way") })
        {
            string id = database.IsPostgreSql ? "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY" : "INTEGER PRIMARY KEY AUTOINCREMENT";
            await database.ExecuteAsync(
                $"""
                CREATE TABLE parcel (id {id}, sku TEXT NOT NULL, substitute TEXT, {carriage} TEXT NOT NULL, planned TEXT, price BIGINT NOT NULL, deposit BIGINT, tracking TEXT, address {(database == bank.Target && database.IsPostgreSql ? "JSONB" : "TEXT")}, labels {(database == bank.Target && database.IsPostgreSql ? "JSONB" : database.IsPostgreSql ? "JSON" : "TEXT")});
                CREATE TABLE stop (parcel_id BIGINT NOT NULL, way SMALLINT NOT NULL, place TEXT NOT NULL, note TEXT, PRIMARY KEY (parcel_id, way, place));
                """);
        }

        bank.Additional = builder => builder.AddEntity<Parcel>().AddEntity<Stop>();
        return bank;
    }
}
