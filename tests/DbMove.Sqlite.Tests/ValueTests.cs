using DbMove.Dialects;
using DbMove.Sqlite.Tests.Entities;

namespace DbMove.Sqlite.Tests;

public sealed class ValueTests
{
    private static readonly Guid s_id = new("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, Everything> Rows => new()
    {
        { "null", new Everything() },
        {
            "least", new Everything
            {
                Flag = false, Byte = byte.MinValue, SByte = sbyte.MinValue, Int16 = short.MinValue, UInt16 = 0, Int32 = int.MinValue, UInt32 = 0, Int64 = long.MinValue, UInt64 = 0,
                Exact = decimal.MinValue, Money = -9999999999999.99m, Double = double.MinValue, Single = float.MinValue, Text = "", Letter = '\0', Uid = Guid.Empty,
                Clock = DateTime.MinValue, Instant = DateTimeOffset.MinValue, Day = DateOnly.MinValue, Time = TimeOnly.MinValue, Span = TimeSpan.MinValue, Data = [],
            }
        },
        {
            "greatest", new Everything
            {
                Flag = true, Byte = byte.MaxValue, SByte = sbyte.MaxValue, Int16 = short.MaxValue, UInt16 = ushort.MaxValue, Int32 = int.MaxValue, UInt32 = uint.MaxValue,
                Int64 = long.MaxValue, UInt64 = long.MaxValue, Exact = decimal.MaxValue, Money = 9999999999999.99m, Double = double.MaxValue, Single = float.MaxValue,
                Text = "a\0b\U0001F600'\"" + new string('ü', 5000), Letter = '\uFFFD', Uid = Guid.AllBitsSet, Clock = DateTime.MaxValue, Instant = DateTimeOffset.MaxValue,
                Day = DateOnly.MaxValue, Time = TimeOnly.MaxValue, Span = TimeSpan.MaxValue, Data = [0, 255, 39],
            }
        },
        {
            "odd", new Everything
            {
                Exact = 0.0000000000000000000000000001m, Money = 0.1m, Double = double.PositiveInfinity, Single = 0.1f, Text = "007", Letter = '7',
                Clock = new DateTime(2024, 2, 29, 23, 59, 59).AddTicks(10), Instant = new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)),
                Time = new TimeOnly(10, 0), Span = TimeSpan.FromTicks(-1),
            }
        },
        { "small", new Everything { Double = double.Epsilon, Single = float.Epsilon, Exact = 1.10m, Money = 7, Int64 = 9007199254740993 } },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Every_type_comes_back_as_it_went(string name, Everything row)
    {
        Assert.NotEmpty(name);
        await using TestFile file = await TestFile.CreateAsync(Everything.Definition);
        IEntityStore<Everything, Guid> store = await file.StoreAsync<Everything, Guid, EverythingMap>();
        row.Id = s_id;
        await using SideSession session = await file.WriteAsync();
        WriteResult<Everything> result = await store.InsertAsync(session, TestFile.Dual, [row], Token);
        Everything read = Assert.Single(await store.FindAsync(session, [s_id], RowLock.None, Token));

        Assert.True(EverythingMap.Compare(row, read).IsEmpty);
        Assert.True(EverythingMap.Compare(row, result.Rows[0]!.Value.Image).IsEmpty);
        Assert.Equal(row.Span, read.Span);
        Assert.Equal(row.Text, read.Text);
        Assert.Equal(row.Data, read.Data);
    }

    [Fact]
    public async Task Values_are_stored_as_EF_Core_and_the_driver_store_them()
    {
        await using TestFile file = await TestFile.CreateAsync(Everything.Definition);
        IEntityStore<Everything, Guid> store = await file.StoreAsync<Everything, Guid, EverythingMap>();
        await using (SideSession session = await file.WriteAsync())
        {
            await store.InsertMissingAsync(
                session,
                [
                    new Everything
                    {
                        Id = s_id, Flag = true, Exact = 12, Uid = s_id, Clock = new DateTime(2024, 1, 2, 3, 4, 5, 600), Instant = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
                        Day = new DateOnly(2024, 1, 2), Time = new TimeOnly(3, 4, 5, 60), Span = new TimeSpan(1, 2, 3, 4),
                    },
                ],
                Token);
            await session.CommitAsync(Token);
        }

        string id = s_id.ToString().ToUpperInvariant();
        Assert.Equal(
            [$"{id}|1|12.0|{id}|2024-01-02 03:04:05.6|2024-01-02 02:04:05+00:00|2024-01-02|03:04:05.0600000|1.02:03:04"],
            file.Rows("""SELECT "Id", "Flag", "Exact", "Uid", "Clock", "Instant", "Day", "Time", "Span" FROM everything"""));
    }

    [Fact]
    public async Task Times_are_cut_down_to_the_precision_of_both_sides_when_written_and_when_read()
    {
        await using TestFile file = await TestFile.CreateAsync(Everything.Definition);
        IEntityStore<Everything, Guid> store = await file.StoreAsync<Everything, Guid, EverythingMap>(granularity: TimeSpan.TicksPerMicrosecond);
        DateTime fine = new DateTime(2024, 1, 1).AddTicks(19);
        await using SideSession session = await file.WriteAsync();
        await store.InsertMissingAsync(session, [new Everything { Id = s_id, Clock = fine, Instant = new DateTimeOffset(fine, TimeSpan.Zero), Time = new TimeOnly(19), Span = TimeSpan.FromTicks(19) }], Token);
        await session.CommitAsync(Token);
        Assert.Equal(["2024-01-01 00:00:00.000001|2024-01-01 00:00:00.000001+00:00|00:00:00.0000010|00:00:00.0000010"], file.Rows("""SELECT "Clock", "Instant", "Time", "Span" FROM everything"""));

        file.Run("""UPDATE everything SET "Clock" = '2024-01-01 00:00:00.0000019', "Instant" = '2024-01-01 00:00:00.0000019+00:00', "Time" = '00:00:00.0000019', "Span" = '00:00:00.0000019'""");
        Everything read = Assert.Single(await store.FindAsync(session, [s_id], RowLock.None, Token));
        Assert.Equal(fine.AddTicks(-9), read.Clock);
        Assert.Equal(fine.AddTicks(-9).Ticks, read.Instant!.Value.UtcTicks);
        Assert.Equal(10, read.Time!.Value.Ticks);
        Assert.Equal(10, read.Span!.Value.Ticks);
    }

    public static TheoryData<string, Everything> Unstorable => new()
    {
        { "UInt64", new Everything { UInt64 = ulong.MaxValue } },
        { "Double", new Everything { Double = double.NaN } },
        { "Single", new Everything { Single = float.NaN } },
        { "Text", new Everything { Text = "half \uD83D" } },
        { "Letter", new Everything { Letter = '\uD83D' } },
        { "Money", new Everything { Money = 12345678901234.567m } },
    };

    [Theory]
    [MemberData(nameof(Unstorable))]
    public async Task What_SQLite_would_change_is_refused_by_name(string column, Everything row)
    {
        await using TestFile file = await TestFile.CreateAsync(Everything.Definition);
        IEntityStore<Everything, Guid> store = await file.StoreAsync<Everything, Guid, EverythingMap>();
        await using SideSession session = await file.WriteAsync();
        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(() => store.InsertAsync(session, TestFile.Dual, [row], Token));
        Assert.Contains($"'{column}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'everything'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_decimals_are_equal_texts()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition);
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using SideSession session = await file.WriteAsync();
        await store.InsertMissingAsync(session, [new Account { Id = 1, Name = "a", Balance = 1.0m }, new Account { Id = 2, Name = "b", Balance = 1.000m }], Token);
        await session.CommitAsync(Token);
        Assert.Equal(["1.0", "1.0"], file.Rows("SELECT balance FROM account"));
    }
}
