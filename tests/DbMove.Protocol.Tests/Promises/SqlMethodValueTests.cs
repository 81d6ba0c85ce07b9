using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Parameters and results of repositories' statements: what the database gets and what the caller gets. Plain SQL is the oracle.</summary>
public sealed class SqlMethodValueTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Values_are_bound_and_read_in_the_form_in_which_their_column_stores_them(Engine engine)
    {
        await using Bank bank = await StoredFormsTests.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        ParcelRepository parcels = new(migration);
        Parcel parcel = await parcels.InsertAsync(new Parcel { Sku = new Sku("A-1"), Carriage = Carriage.Road, Price = 1.5m, Tracking = new Uri("https://example.org/") });
        await parcels.InsertAsync(new Parcel { Sku = new Sku("B-1"), Carriage = Carriage.Road, Price = 1 });

        Assert.Equal([parcel with { Carriage = Carriage.Rail, Price = 12.34m }], await parcels.RerouteAsync(new Sku("A-1"), Carriage.Road, Carriage.Rail, null, 12.34m));
        Assert.Empty(await parcels.RerouteAsync(new Sku("A-1"), Carriage.Road, Carriage.Rail, Carriage.Road, 1));

        Assert.Equal(["A-1|Rail|1234", "B-1|Road|100"], await bank.Source.RowsAsync("SELECT sku, carriage, price FROM parcel ORDER BY id"));
        Assert.Equal(["A-1|Rail|1234", "B-1|Road|100"], await bank.Target.RowsAsync("SELECT sku, way, price FROM parcel ORDER BY id"));
        await Bank.SettleAsync(migration);
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Assert.Equal(new Label(Carriage.Rail, 12.34m, new Uri("https://example.org/"), new Sku("A-1")), await parcels.FindLabelAsync(parcel.Id));
        Assert.Equal(12.34m, await parcels.PriceOfAsync(parcel.Id.Value));
        Assert.Null(await parcels.FindLabelAsync(new ParcelId(99)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => parcels.PriceOfAsync(99));
    }

    /// <summary>Beside other tables too: what is bound by its type alone would be another value.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Values_keep_the_form_of_their_column_beside_other_tables(Engine engine)
    {
        await using Bank bank = await StoredFormsTests.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO parcel (id, sku, carriage, price) VALUES (1, 'a', 'Road', 5), (2, 'b', 'Road', 5); INSERT INTO stop (parcel_id, way, place) VALUES (1, 1, 'Ulm')");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        ParcelRepository parcels = new(migration);

        Assert.Equal(1, await parcels.RerouteAtAsync("Ulm", Carriage.Rail, 12.34m));
        Assert.Equal(0, await parcels.RerouteAtAsync("Ulm", Carriage.Rail, 1m));
        Parcel planned = Assert.Single(await parcels.PlanAtAsync("Ulm", Carriage.Road, 0.5m, 12.34m));
        Assert.Equal((Carriage.Road, 0.5m), (planned.Planned, planned.Deposit));
        Assert.Equal(Carriage.Road, Assert.Single(await parcels.PlanAtAsync("Ulm", null, null, 12.34m)).Planned);
        Assert.Equal(Carriage.Road, await parcels.LastPlannedAsync());
        Assert.Equal(1, await parcels.PutAsync(new ParcelId(2), new Sku("c"), Carriage.Rail, 2m));
        Assert.Equal(0, await parcels.PutAsync(new ParcelId(2), new Sku("c"), Carriage.Road, 2m));
        Assert.Equal(1, await parcels.PutAsync(new ParcelId(3), new Sku("c"), Carriage.Road, 3m));
        Assert.Equal(1, await parcels.DeleteCheapAsync(12m, Carriage.Road));

        Assert.Equal(["1|a|Rail|Road|1234|null", "2|b|Rail|null|200|null"], await bank.Source.RowsAsync("SELECT id, sku, carriage, planned, price, deposit FROM parcel ORDER BY id"));
        Assert.Equal(["1|a|Rail|Road|1234|null", "2|b|Rail|null|200|null"], await bank.Target.RowsAsync("SELECT id, sku, way, planned, price, deposit FROM parcel ORDER BY id"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_value_that_meets_no_column_is_a_number_or_a_null_to_every_engine(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        BillRepository bills = await StartBillsAsync(bank, "DECIMAL(12, 2)");

        Assert.Equal((2, 1), (await bills.CountFromAsync(null), await bills.CountFromAsync(50.25m)));
        Assert.Equal("2020-01-02 10:00:00", await bills.TextOfAsync(new DateTime(2020, 1, 2, 10, 0, 0)));
        Assert.Equal("2020-01-02 10:00:00", await bills.TextOfAsync(new DateTime(2020, 1, 2, 10, 0, 0, DateTimeKind.Local)));
        Assert.Equal(1, await bills.DeleteBelowHalfOfAsync(40.5m));
        Assert.Equal(1, await bills.DeleteBelowAsync(100.5m));
        Assert.Equal(0, await bank.Target.CountAsync("bill"));
        if (engine == Engine.Sqlite)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => bills.DeleteBelowHalfOfAsync(1234567890.1234567m));
        }
    }

    /// <summary>The naive way sends every time without a zone, which the server takes for one in the zone of the session.</summary>
    [Fact]
    public async Task A_time_that_meets_no_column_is_an_instant_where_it_is_of_UTC_and_keeps_its_digits_otherwise()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        foreach (Database database in new[] { bank.Source, bank.Target })
        {
            await database.ExecuteAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET TimeZone TO \"Asia/Tokyo\"', current_database()); END $$");
        }

        BillRepository bills = await StartBillsAsync(bank, "DECIMAL(12, 2)");
        DateTime instant = new(2020, 1, 2, 10, 0, 0, DateTimeKind.Utc);
        Assert.Equal((2, 0), (await bills.CountAtInstantAsync(instant), await bills.CountAtTimeAsync(instant)));
        foreach (DateTimeKind kind in new[] { DateTimeKind.Local, DateTimeKind.Unspecified })
        {
            DateTime at = DateTime.SpecifyKind(instant, kind);
            Assert.Equal((0, 2), (await bills.CountAtInstantAsync(at), await bills.CountAtTimeAsync(at)));
        }
    }

    /// <summary>SQLite compares texts as texts: '100.0' is less than '20.0'.</summary>
    [Fact]
    public async Task Decimals_that_a_column_keeps_as_texts_are_not_compared_by_order()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        BillRepository bills = await StartBillsAsync(bank, "TEXT");

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => bills.DeleteBelowAsync(30));

        Assert.Contains("'total'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, await bank.Source.CountAsync("bill"));
        Assert.Equal(1, await bills.DeleteBelowHalfOfAsync(100m));
        Assert.Equal(1, await bills.DeleteOfAsync(100.0m));
    }

    /// <summary>Whatever the columns are declared as: a number and a text are the same to SQLite, as it is given them.</summary>
    [Fact]
    public async Task A_parameter_meets_columns_of_SQLite_in_one_form()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        FeeRepository fees = await StartFeesAsync(bank, "TEXT", "DECIMAL(12, 2)");

        Assert.Equal(2, await fees.CountOfAsync(1.5m));
    }

    /// <summary>The naive way binds it in the form of the first: cut down to seconds it is not found in a column of microseconds, and in the other zone's.</summary>
    [Theory]
    [InlineData("timestamp", "timestamp(6)", null)]
    [InlineData("timestamptz", "timestamp", "the target keeps them")]
    [InlineData("timestamp", "timestamp(0)", "keeps them")]
    public async Task A_parameter_meets_two_columns_only_where_both_take_it_in_one_form(string begins, string ends, string? refusal)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        foreach ((Database database, string first, string second) in new[] { (bank.Source, begins, begins), (bank.Target, begins, ends) })
        {
            await database.ExecuteAsync($"CREATE TABLE shift (id BIGINT PRIMARY KEY, begins {first} NOT NULL, ends {second} NOT NULL)");
        }

        bank.Additional = static builder => builder.AddEntity<Shift>();
        ShiftRepository shifts = new(await bank.StartAsync(Stage.SourceFirst));
        DateTime noon = new(2020, 1, 2, 12, 0, 0, DateTimeKind.Utc);
        await shifts.InsertManyAsync([new Shift { Id = 1, Begins = noon, Ends = noon.AddHours(8) }, new Shift { Id = 2, Begins = noon.AddHours(-8), Ends = noon }]);

        if (refusal is null)
        {
            Assert.Equal(2, await shifts.CountAtAsync(noon));
        }
        else
        {
            // The source's columns are alike; what the target will not take is known before the switch.
            InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => shifts.CountAtAsync(noon));
            Assert.Contains("'ends'", refused.Message, StringComparison.Ordinal);
            Assert.Contains(refusal, refused.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>What the target will not take is known while the source is the authority, and every column that is met counts.</summary>
    [Fact]
    public async Task The_order_of_every_column_that_a_parameter_meets_is_checked_on_both_sides()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        FeeRepository fees = await StartFeesAsync(bank, "DECIMAL(12, 2)", "TEXT");

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => fees.CountBelowAsync(2));

        Assert.Contains("'high'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("on the target", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A driver would make 0 of a word, and the local time of an instant.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_a_result_cannot_be_is_an_error_and_no_other_value(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        BillRepository bills = await StartBillsAsync(bank, "DECIMAL(12, 2)");

        await Assert.ThrowsAsync<InvalidDataException>(() => bills.WordAsNumberAsync());
        await Assert.ThrowsAsync<InvalidDataException>(() => bills.WordAsDecimalAsync());
        await Assert.ThrowsAsync<InvalidDataException>(() => bills.WordAsEnumAsync());
        Assert.True(await bills.WordAsTruthAsync());
        DateTime instant = await bills.InstantAsync();
        Assert.Equal((new DateTime(2020, 1, 2, 9, 0, 0), DateTimeKind.Utc), (instant, instant.Kind));
    }

    private static async Task<BillRepository> StartBillsAsync(Bank bank, string total)
    {
        foreach (Database database in new[] { bank.Source, bank.Target })
        {
            await database.ExecuteAsync($"CREATE TABLE bill (id BIGINT PRIMARY KEY, total {total} NOT NULL)");
        }

        bank.Additional = builder => builder.AddEntity<Bill>();
        BillRepository bills = new(await bank.StartAsync(Stage.SourceFirst));
        await bills.InsertManyAsync([new Bill { Id = 1, Total = 100m }, new Bill { Id = 2, Total = 20m }]);
        return bills;
    }

    private static async Task<FeeRepository> StartFeesAsync(Bank bank, string high, string highOnTarget)
    {
        foreach (Database database in new[] { bank.Source, bank.Target })
        {
            await database.ExecuteAsync($"CREATE TABLE fee (id BIGINT PRIMARY KEY, low DECIMAL(12, 2) NOT NULL, high {(database == bank.Source ? high : highOnTarget)} NOT NULL)");
        }

        bank.Additional = static builder => builder.AddEntity<Fee>();
        FeeRepository fees = new(await bank.StartAsync(Stage.SourceFirst));
        await fees.InsertManyAsync([new Fee { Id = 1, Low = 1.5m, High = 2.5m }, new Fee { Id = 2, Low = 0.5m, High = 1.5m }]);
        return fees;
    }
}
