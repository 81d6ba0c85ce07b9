using System.Text.RegularExpressions;
using DbMove.Dialects;
using DbMove.Sqlite.Tests.Entities;

namespace DbMove.Sqlite.Tests;

public sealed class ReadTests
{
    // By code points; UTF-16 order would put the last two the other way round, and a folding collation would mix cases.
    private static readonly string[] s_sorted = ["", "A", "B", "a", "b", "é", "\uFB01", "\U0001F600"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_come_in_key_order_by_code_points_and_miss_nothing()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition);
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        Line[] lines = [.. from region in s_sorted from number in new[] { -1, 2, 10 } select new Line { Region = region, Number = number }];
        Line[] shuffled = [.. lines];
        new Random(5).Shuffle(shuffled);
        await InsertAsync(file, store, shuffled);

        await using SideSession session = await file.ReadAsync();
        List<LineKey> read = [];
        KeyBound<LineKey>? after = null;
        while (await store.ReadPageAsync(session, new KeyRange<LineKey>(after, null), 5, Token) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 5);
            read.AddRange(page.Select(LineMap.GetKey));
            after = new(read[^1]);
        }

        Assert.Equal(lines.Select(LineMap.GetKey), read);
        Assert.Equal(read.Order(Comparer<LineKey>.Create(LineMap.CompareKeys)), read);
    }

    [Fact]
    public async Task Text_keys_sort_and_match_by_code_points_even_in_a_folding_column()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition.Replace("region TEXT", "region TEXT COLLATE NOCASE", StringComparison.Ordinal));
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await InsertAsync(file, store, [new Line { Region = "a", Number = 1 }, new Line { Region = "B", Number = 1 }]);

        await using SideSession session = await file.ReadAsync();
        Assert.Equal(["B", "a"], (await store.ReadPageAsync(session, default, 9, Token)).Select(line => line.Region));
        Assert.Empty(await store.FindAsync(session, [new LineKey("A", 1)], RowLock.None, Token));
    }

    [Fact]
    public async Task Ranges_exclude_their_lower_and_include_their_upper_bound()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition);
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await InsertAsync(file, store, [.. Enumerable.Range(1, 6).Select(number => new Line { Region = number <= 3 ? "a" : "b", Number = number })]);

        await using SideSession session = await file.ReadAsync();
        KeyRange<LineKey> range = new(new(new LineKey("a", 2)), new(new LineKey("b", 5)));
        Assert.Equal([3, 4, 5], (await store.ReadPageAsync(session, range, 100, Token)).Select(line => line.Number));
        Assert.Equal([1, 2], (await store.ReadPageAsync(session, new(null, new(new LineKey("a", 2))), 100, Token)).Select(line => line.Number));
        Assert.Equal([3, 4], (await store.ReadPageAsync(session, range, 2, Token)).Select(line => line.Number));
        Assert.Equal(new LineKey("b", 4), (await store.FindBoundaryAsync(session, range, 2, Token))!.Value.Value);
        Assert.Null(await store.FindBoundaryAsync(session, range, 4, Token));
        Assert.Equal(new LineKey("b", 6), (await store.FindLastKeyAsync(session, Token))!.Value.Value);
        Assert.Equal(6, await store.EstimateRowCountAsync(session, Token));
    }

    [Fact]
    public async Task An_empty_table_has_no_last_key_and_no_boundary()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition);
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using SideSession session = await file.ReadAsync();
        Assert.Null(await store.FindLastKeyAsync(session, Token));
        Assert.Null(await store.FindBoundaryAsync(session, default, 1, Token));
        Assert.Empty(await store.ReadPageAsync(session, default, 1, Token));
    }

    [Theory]
    [InlineData("page")]
    [InlineData("boundary")]
    [InlineData("find")]
    [InlineData("last")]
    public async Task Reads_by_key_and_range_use_the_key_and_sort_nothing(string statement)
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition);
        IEntityStore<Line, LineKey> store = await file.LinesAsync();

        List<string> plan = file.Rows("EXPLAIN QUERY PLAN " + Regex.Replace(store.Statements[statement], @"\?\d+", "1"));

        Assert.Contains(plan, step => step.Contains("PRIMARY KEY", StringComparison.Ordinal) || statement == "last");
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_are_locked_in_a_write_transaction_only()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition);
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using SideSession reader = await file.ReadAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.FindAsync(reader, [new LineKey("a", 1)], RowLock.Share, Token));
        await using SideSession writer = await file.WriteAsync();
        Assert.Empty(await store.FindAsync(writer, [new LineKey("a", 1)], RowLock.Update, Token));
    }

    [Fact]
    public async Task There_is_no_digest()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition);
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using SideSession reader = await file.ReadAsync();
        Assert.Null(store.DigestName);
        await Assert.ThrowsAsync<NotSupportedException>(() => store.DigestAsync(reader, default, Token));
    }

    private static async Task InsertAsync(TestFile file, IEntityStore<Line, LineKey> store, IReadOnlyList<Line> lines)
    {
        await using SideSession session = await file.WriteAsync();
        Assert.Equal(lines.Count, await store.InsertMissingAsync(session, lines, Token));
        await session.CommitAsync(Token);
    }
}
