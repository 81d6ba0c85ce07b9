using System.Globalization;
using DbMove.Dialects;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

/// <summary>Every type, through each of the three ways that values travel: parameters, arrays, binary COPY.</summary>
public sealed class TypeTests(PostgreSqlServer server)
{
    private static readonly Everything s_least = new()
    {
        Id = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        Flag = false, FlagNumber = false, Byte = byte.MinValue, SByte = sbyte.MinValue, Int16 = short.MinValue, UInt16 = 0, Int32 = int.MinValue,
        UInt32 = 0, Int64 = long.MinValue, UInt64 = 0, Exact = decimal.MinValue, Money = -999999.99m, Double = double.MinValue, Single = float.MinValue,
        Text = "", Short = "", Padded = "", Letter = '\u0001', Json = "{\"b\":  1, \"a\": null}", Jsonb = "[]", Mood = "glad", Uid = Guid.Empty,
        UidText = Guid.Empty, Clock = DateTime.MinValue, Coarse = DateTime.MinValue, UtcClock = DateTime.MinValue, Instant = DateTimeOffset.MinValue,
        Day = DateOnly.MinValue, Time = TimeOnly.MinValue, Span = new TimeSpan(-10_000_000, -23, -59, -59, -999, -999), Data = [],
    };

    private static readonly Everything s_greatest = new()
    {
        Id = Guid.AllBitsSet,
        Flag = true, FlagNumber = true, Byte = byte.MaxValue, SByte = sbyte.MaxValue, Int16 = short.MaxValue, UInt16 = ushort.MaxValue, Int32 = int.MaxValue,
        UInt32 = uint.MaxValue, Int64 = long.MaxValue, UInt64 = ulong.MaxValue, Exact = decimal.MaxValue, Money = 9999999999999.99m, Double = double.NaN,
        Single = float.PositiveInfinity, Text = "ü\t\r\n𝄞 trailing  ", Short = "1234567890", Padded = "a b", Letter = 'ß', Json = "\"𝄞\"",
        Jsonb = "{\"a\": [1, 2.50]}", Mood = "sad", Uid = Guid.AllBitsSet, UidText = new Guid("ABCDEF00-0000-4000-8000-00000000000A"),
        Clock = Cut(DateTime.MaxValue, 10), Coarse = Cut(DateTime.MaxValue, 10_000), UtcClock = Cut(DateTime.MaxValue, 10),
        Instant = new DateTimeOffset(Cut(DateTime.MaxValue, 10), TimeSpan.Zero), Day = DateOnly.MaxValue,
        Time = new TimeOnly(23, 59, 59, 999, 999), Span = new TimeSpan(10_000_000, 1, 2, 3, 4, 5), Data = [0, 255, 128],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Paths => ["insert", "update", "image", "images", "copy"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_type_comes_back_as_it_was_written(string path)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Everything.Definition);
        IEntityStore<Everything, Guid> store = await test.StoreAsync<Everything, Guid, EverythingMap>();
        Everything[] rows = [s_least, s_greatest, new() { Id = Guid.NewGuid() }, .. Exacts()];
        await WriteAsync(test, store, path, rows);

        await using SideSession session = await test.OpenAsync();
        List<Everything> read = await store.FindAsync(session, [.. rows.Select(EverythingMap.GetKey)], RowLock.None, Token);
        EverythingComparer comparer = new();
        foreach (Everything row in rows)
        {
            Everything found = Assert.Single(read, candidate => candidate.Id == row.Id);
            ColumnSetOf(comparer, row, found);
        }

        // The server's own words for the values that a wrong binary encoding would change.
        Assert.Equal(
            ["glad|0001-01-01 00:00:00|-79228162514264337593543950335|-10000000 days -23:59:59.999999", "sad|9999-12-31 23:59:59.999999|79228162514264337593543950335|10000000 days 01:02:03.004005"],
            await test.RowsAsync("SELECT \"Mood\", \"Clock\"::text, \"Exact\"::text, \"Span\"::text FROM everything WHERE \"Mood\" IS NOT NULL ORDER BY 1"));
        Assert.Equal(
            s_exacts.Select(value => value.ToString(CultureInfo.InvariantCulture)),
            await test.RowsAsync("SELECT \"Exact\"::text FROM everything WHERE \"Text\" = 'exact' ORDER BY \"Int32\""));
    }

    [Fact]
    public async Task Times_are_cut_to_the_precision_that_both_sides_hold_when_written()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Everything.Definition);
        IEntityStore<Everything, Guid> store = await test.StoreAsync<Everything, Guid, EverythingMap>();
        DateTime fine = new(1969, 12, 31, 23, 59, 59, 999, 999);
        fine = fine.AddTicks(9);
        Everything row = new()
        {
            Id = Guid.NewGuid(), Clock = fine, Coarse = fine, Instant = new DateTimeOffset(fine, TimeSpan.FromHours(2)), Time = TimeOnly.MaxValue, Span = TimeSpan.FromTicks(-19),
        };
        await WriteAsync(test, store, "image", [row]);
        Assert.Equal(
            ["1969-12-31T23:59:59.999999|1969-12-31T23:59:59.999|1969-12-31 21:59:59.999999+00|23:59:59.999999|-00:00:00.000001"],
            await test.RowsAsync("SELECT \"Clock\", \"Coarse\", (\"Instant\" AT TIME ZONE 'UTC')::text || '+00' AS i, \"Time\", \"Span\" FROM everything"));
    }

    [Fact]
    public async Task Local_time_reaches_a_column_of_instants_as_utc()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Everything.Definition);
        IEntityStore<Everything, Guid> store = await test.StoreAsync<Everything, Guid, EverythingMap>();
        DateTime local = new(2024, 5, 6, 7, 8, 9, DateTimeKind.Local);
        Everything row = new() { Id = Guid.NewGuid(), UtcClock = local };
        await WriteAsync(test, store, "image", [row]);
        await using SideSession session = await test.OpenAsync();
        Everything found = Assert.Single(await store.FindAsync(session, [row.Id], RowLock.None, Token));
        Assert.Equal(local.ToUniversalTime(), found.UtcClock);
        Assert.Equal(DateTimeKind.Utc, found.UtcClock!.Value.Kind);
    }

    [Theory]
    [InlineData("\"Clock\" = 'infinity'", "infinity")]
    [InlineData("\"Instant\" = '-infinity'", "infinity")]
    [InlineData("\"Day\" = 'infinity'", "infinity")]
    [InlineData("\"Clock\" = '10000-01-01'", "years")]
    [InlineData("\"Day\" = '0044-03-15 BC'", "years")]
    [InlineData("\"Time\" = '24:00'", "24:00")]
    [InlineData("\"Span\" = '1 month'", "months")]
    [InlineData("\"Exact\" = 'NaN'", "finite")]
    [InlineData("\"Exact\" = 1e40", "digits")]
    [InlineData("\"Byte\" = 256", "range")]
    [InlineData("\"UInt32\" = -1", "range")]
    [InlineData("\"UInt64\" = -1", "range")]
    [InlineData("\"FlagNumber\" = 2", "0 and 1")]
    [InlineData("\"UidText\" = 'none'", "identifier")]
    [InlineData("\"Letter\" = ''", "one character")]
    public async Task What_a_member_cannot_hold_is_a_data_error_that_names_the_column(string assignment, string reason)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Everything.Definition);
        IEntityStore<Everything, Guid> store = await test.StoreAsync<Everything, Guid, EverythingMap>();
        await test.RunAsync($"INSERT INTO everything (\"Id\") VALUES (gen_random_uuid()); UPDATE everything SET {assignment}");
        await using SideSession session = await test.OpenAsync();
        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(() => store.ReadPageAsync(session, default, 10, Token));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains(assignment.Split(' ')[0], failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Data, test.Database.Classify(failure));
        Assert.Equal("1", Assert.Single(await session.QueryAsync("SELECT '1'::text", default, static row => row.GetString(0), Token)));
    }

    [Fact]
    public async Task A_digest_hashes_every_type()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Everything.Definition);
        IEntityStore<Everything, Guid> store = await test.StoreAsync<Everything, Guid, EverythingMap>();
        await WriteAsync(test, store, "copy", [s_least, s_greatest]);
        await using SideSession session = await test.OpenAsync();
        RangeDigest digest = await store.DigestAsync(session, default, Token);
        Assert.Equal(102, digest.Rows);
        await test.RunAsync("UPDATE everything SET \"Json\" = '1' WHERE \"Mood\" = 'sad'");
        Assert.NotEqual(digest, await store.DigestAsync(session, default, Token));
    }

    private static readonly decimal[] s_exacts =
        [0m, 0.0000m, 1.0m, 1.00m, -1m, 10000m, 9999.9999m, 0.0001m, 0.00001m, 1234567.8901m, -0.0000000000000000000000000001m, 100000000m, 12300004500006m, 1.2345678901234567890123456789m];

    private static IEnumerable<Everything> Exacts() =>
        s_exacts.Select((value, index) => new Everything { Id = Guid.NewGuid(), Exact = value, Text = "exact", Int32 = index });

    private static DateTime Cut(DateTime value, long ticks) => value.AddTicks(-(value.Ticks % ticks));

    private static void ColumnSetOf(EverythingComparer comparer, Everything expected, Everything actual)
    {
        Mapping.ColumnSet different = comparer.Compare(expected, actual);
        Assert.Empty(EverythingMap.Descriptor.Columns.Where(column => different.Contains(column.Ordinal)).Select(column => column.Member));
    }

    private static async Task WriteAsync(TestDatabase test, IEntityStore<Everything, Guid> store, string path, IReadOnlyList<Everything> rows)
    {
        await using SideSession session = await test.BeginAsync();
        switch (path)
        {
            case "insert":
                await store.InsertAsync(session, TestDatabase.Dual, rows, Token);
                break;
            case "update":
                await store.InsertAsync(session, TestDatabase.Dual, [.. rows.Select(row => new Everything { Id = row.Id })], Token);
                await store.UpdateAsync(session, TestDatabase.Dual, rows, Token);
                break;
            case "image":
                foreach (Everything row in rows)
                {
                    await store.UpsertImagesAsync(session, [row], Token);
                }

                break;
            case "images":
                await store.UpsertImagesAsync(session, rows, Token);
                break;
            default:
                await store.InsertMissingAsync(session, [.. rows, .. Enumerable.Range(0, 100).Select(_ => new Everything { Id = Guid.NewGuid() })], Token);
                break;
        }

        await session.CommitAsync(Token);
    }
}
