using DbMove.Dialects;
using DbMove.Sqlite.Tests.Entities;

namespace DbMove.Sqlite.Tests;

/// <summary>What other programs wrote is read for what it means, or refused; never guessed.</summary>
public sealed class ToleranceTests
{
    private static readonly Guid s_id = new("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9");
    private static readonly DateTime s_clock = new(2009, 1, 2, 3, 4, 5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, Everything> Readable => new()
    {
        { "Flag", "'true'", new Everything { Flag = true } },
        { "Flag", "-1", new Everything { Flag = true } },
        { "Flag", "0.0", new Everything { Flag = false } },
        { "Text", "12", new Everything { Text = "12" } },
        { "Letter", "'ü'", new Everything { Letter = 'ü' } },
        { "Exact", "0.99", new Everything { Exact = 0.99m } },
        { "Exact", "7", new Everything { Exact = 7 } },
        { "Exact", "'1.2300000000000000000000000000000000'", new Everything { Exact = 1.23m } },
        { "Money", "0.99", new Everything { Money = 0.99m } },
        { "Money", "8.91", new Everything { Money = 8.91m } },
        { "Double", "3", new Everything { Double = 3 } },
        { "Uid", "'0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'", new Everything { Uid = s_id } },
        { "Uid", "'0A1B2C3D4E5F60718293A4B5C6D7E8F9'", new Everything { Uid = s_id } },
        { "Uid", "x'3D2C1B0A5F4E71608293A4B5C6D7E8F9'", new Everything { Uid = s_id } },
        { "Clock", "'2009-01-02'", new Everything { Clock = s_clock.Date } },
        { "Clock", "'2009-01-02 03:04:05'", new Everything { Clock = s_clock } },
        { "Clock", "'2009-01-02T03:04:05Z'", new Everything { Clock = s_clock } },
        { "Clock", "'2009-01-02T03:04:05.000'", new Everything { Clock = s_clock } },
        { "Clock", "'2009-01-02 03:04:05.123456789'", new Everything { Clock = s_clock.AddTicks(1234567) } },
        { "Clock", "'2009-01-02 03:04'", new Everything { Clock = s_clock.AddSeconds(-5) } },
        { "Clock", "julianday('2009-01-02 03:04:05')", new Everything { Clock = s_clock } },
        { "Instant", "'2009-01-02 03:04:05'", new Everything { Instant = new DateTimeOffset(s_clock, TimeSpan.Zero) } },
        { "Instant", "'2009-01-02T05:04:05+02:00'", new Everything { Instant = new DateTimeOffset(s_clock, TimeSpan.Zero) } },
        { "Instant", "'2009-01-01 22:34:05 -0430'", new Everything { Instant = new DateTimeOffset(s_clock, TimeSpan.Zero) } },
        { "Day", "'2009-01-02 00:00:00'", new Everything { Day = new DateOnly(2009, 1, 2) } },
        { "Time", "'03:04'", new Everything { Time = new TimeOnly(3, 4) } },
        { "Data", "'ab'", new Everything { Data = [97, 98] } },
    };

    public static TheoryData<string, string> Unreadable => new()
    {
        { "Flag", "'maybe'" },
        { "Byte", "256" },
        { "SByte", "-129" },
        { "Int32", "2147483648" },
        { "Int32", "1.5" },
        { "Int32", "'one'" },
        { "UInt64", "-1" },
        { "Exact", "'1.00000000000000000000000000000000001'" },
        { "Exact", "'much'" },
        { "Money", "1e40" },
        { "Double", "'much'" },
        { "Double", "x'01'" },
        { "Text", "x'61'" },
        { "Text", "CAST(x'FF' AS TEXT)" },
        { "Letter", "'two'" },
        { "Uid", "'no guid'" },
        { "Uid", "x'00'" },
        { "Clock", "'2009-02-30'" },
        { "Clock", "'2009-01-02 03:04:05+02:00'" },
        { "Clock", "1700000000" },
        { "Clock", "'02/01/2009'" },
        { "Day", "'2009-01-02 10:00:00'" },
        { "Time", "0.5" },
        { "Span", "'24:00:00'" },
        { "Span", "5" },
        { "Data", "5" },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task Is_read(string column, string expression, Everything expected)
    {
        await using TestFile file = await TestFile.CreateAsync(Everything.Definition);
        file.Run($"""INSERT INTO everything ("Id", "{column}") VALUES ('{s_id.ToString().ToUpperInvariant()}', {expression})""");
        expected.Id = s_id;
        IEntityStore<Everything, Guid> store = await file.StoreAsync<Everything, Guid, EverythingMap>();
        await using SideSession session = await file.ReadAsync();

        Everything read = Assert.Single(await store.FindAsync(session, [s_id], RowLock.None, Token));

        Assert.True(EverythingMap.Compare(expected, read).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Is_refused_with_table_column_and_key(string column, string expression)
    {
        await using TestFile file = await TestFile.CreateAsync(Everything.Definition);
        file.Run($"""INSERT INTO everything ("Id", "{column}") VALUES ('{s_id.ToString().ToUpperInvariant()}', {expression})""");
        IEntityStore<Everything, Guid> store = await file.StoreAsync<Everything, Guid, EverythingMap>();
        await using SideSession session = await file.ReadAsync();

        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(() => store.FindAsync(session, [s_id], RowLock.None, Token));

        Assert.Equal(FailureKind.Data, file.Database.Classify(failure));
        Assert.Contains($"Column '{column}' of table 'everything'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(s_id.ToString().ToUpperInvariant(), failure.Message, StringComparison.Ordinal);

        // The statement was left at a row. Were it still open, the session would go on seeing the old rows.
        file.Run("DELETE FROM everything");
        Assert.Equal([0L], await session.QueryAsync("SELECT count(*) FROM everything", default, static row => row.GetInt64(0), Token));
    }

    /// <summary>The naive way: the lookup finds no row in that form, the row counts as absent, and the follower's is deleted.</summary>
    [Theory]
    [InlineData("'0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'")]
    [InlineData("x'3D2C1B0A5F4E71608293A4B5C6D7E8F9'")]
    public async Task P03_A_Guid_key_in_another_form_is_an_error_and_not_an_absent_row(string stored)
    {
        await using TestFile file = await TestFile.CreateAsync(Everything.Definition);
        file.Run($"""INSERT INTO everything ("Id") VALUES ({stored})""");
        IEntityStore<Everything, Guid> store = await file.StoreAsync<Everything, Guid, EverythingMap>();
        await using SideSession session = await file.ReadAsync();
        await Assert.ThrowsAsync<InvalidDataException>(() => store.ReadPageAsync(session, default, 10, Token));
        await Assert.ThrowsAsync<InvalidDataException>(() => store.FindLastKeyAsync(session, Token));
    }

    [Theory]
    [InlineData("'2009-01-02T03:04:05'", false)]
    [InlineData("'2009-01-02 03:04:05.0'", false)]
    [InlineData("'2009-01-02 03:04:05.0000001'", false)]
    [InlineData("'2009-01-02 03:04:05.000001'", true)]
    [InlineData("'2009-01-02 03:04:05'", true)]
    public async Task A_date_key_must_be_stored_as_it_is_looked_up(string stored, bool isCanonical)
    {
        await using TestFile file = await TestFile.CreateAsync(Moment.Definition);
        file.Run($"INSERT INTO moment VALUES ({stored}, 'x')");
        IEntityStore<Moment, DateTime> store = await file.StoreAsync<Moment, DateTime, MomentMap>();
        await using SideSession session = await file.ReadAsync();
        if (!isCanonical)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => store.ReadPageAsync(session, default, 10, Token));
            return;
        }

        Moment read = Assert.Single(await store.ReadPageAsync(session, default, 10, Token));
        DateTime key = MomentMap.ParseKey(MomentMap.FormatKey(read.At));
        Assert.Single(await store.FindAsync(session, [key], RowLock.None, Token));
    }
}
