using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

public sealed class RangeTests(PostgreSqlServer server)
{
    private static readonly string[] s_regions = ["Z", "a", "aa", "z", "Ä", "ä", "é", "\u00df", "\uff5e", "𝄞", "\U0001F600", "a b", "a-b", "ab", "B", "-"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en-x-icu")]
    [InlineData("C")]
    [InlineData("default")]
    public async Task Pages_follow_code_points_whatever_the_columns_collation(string collation)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Line.Definition.Replace("en-x-icu", collation, StringComparison.Ordinal));
        IEntityStore<Line, LineKey> store = await test.LinesAsync();
        Line[] rows = [.. s_regions.SelectMany(region => new[] { new Line { Region = region, Number = 2 }, new Line { Region = region, Number = 10 } })];
        await using SideSession session = await test.OpenAsync();
        await store.InsertMissingAsync(session, rows, Token);
        LineKey[] expected = [.. rows.Select(LineMap.GetKey).Order(Comparer<LineKey>.Create(LineMap.CompareKeys))];

        List<LineKey> walked = [];
        KeyBound<LineKey>? after = null;
        while (true)
        {
            List<Line> page = await store.ReadPageAsync(session, new KeyRange<LineKey>(after, null), 3, Token);
            if (page.Count == 0)
            {
                break;
            }

            walked.AddRange(page.Select(LineMap.GetKey));
            after = new KeyBound<LineKey>(walked[^1]);
        }

        Assert.Equal(expected, walked);
        Assert.Equal(expected[^1], (await store.FindLastKeyAsync(session, Token))!.Value.Value);

        KeyRange<LineKey> middle = new(new KeyBound<LineKey>(expected[4]), new KeyBound<LineKey>(expected[20]));
        Assert.Equal(expected[5..21], (await store.ReadPageAsync(session, middle, 100, Token)).Select(LineMap.GetKey));
        Assert.Equal(expected[..3], (await store.ReadPageAsync(session, new KeyRange<LineKey>(null, new KeyBound<LineKey>(expected[2])), 100, Token)).Select(LineMap.GetKey));
        Assert.Equal(expected[5], (await store.FindBoundaryAsync(session, middle, 1, Token))!.Value.Value);
        Assert.Equal(expected[20], (await store.FindBoundaryAsync(session, middle, 16, Token))!.Value.Value);
        Assert.Null(await store.FindBoundaryAsync(session, middle, 17, Token));
        Assert.Equal(rows.Length, await store.EstimateRowCountAsync(session, Token));
    }

    [Fact]
    public async Task A_column_that_sorts_by_code_points_is_paged_through_its_own_index()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Line.Definition.Replace("COLLATE \"en-x-icu\"", "", StringComparison.Ordinal));
        IEntityStore<Line, LineKey> store = await test.LinesAsync();
        Assert.DoesNotContain("COLLATE", store.Statements["page"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_table_has_no_last_key()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession session = await test.OpenAsync();
        Assert.Null(await store.FindLastKeyAsync(session, Token));
        Assert.Equal(0, await store.EstimateRowCountAsync(session, Token));
        Assert.Equal(new RangeDigest(0, "0"), await store.DigestAsync(session, default, Token));
    }

    [Fact]
    public async Task A_digest_does_not_depend_on_order_and_notices_values_swapped_between_two_rows()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession session = await test.OpenAsync();
        Account[] rows = [new() { Id = 1, Name = "a", Number = 5 }, new() { Id = 2, Name = "b", Number = 6, Code = 4 }, new() { Id = 3, Name = "c" }];
        await store.UpsertImagesAsync(session, rows, Token);
        RangeDigest before = await store.DigestAsync(session, default, Token);
        Assert.Equal(3, before.Rows);

        await test.RunAsync("TRUNCATE account");
        await store.UpsertImagesAsync(session, [rows[2], rows[0], rows[1]], Token);
        Assert.Equal(before, await store.DigestAsync(session, default, Token));

        (rows[0].Number, rows[1].Number) = (rows[1].Number, rows[0].Number);
        await store.UpsertImagesAsync(session, rows, Token);
        Assert.NotEqual(before, await store.DigestAsync(session, default, Token));

        RangeDigest range = await store.DigestAsync(session, new KeyRange<long>(new KeyBound<long>(1), new KeyBound<long>(3)), Token);
        Assert.Equal(2, range.Rows);
    }

    /// <summary>The naive way: the server's hash of an array follows its elements' "=", which a collation, a scale and the sign of zero do not change.</summary>
    [Theory]
    [InlineData("tags = '{A}'")]
    [InlineData("codes = '{B}'")]
    [InlineData("prices = '{1.00}'")]
    [InlineData("ratios = '{-0}'")]
    public async Task A_digest_notices_what_the_elements_of_an_array_are_not_identical_in(string change)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Tagged.Definition);
        IEntityStore<Tagged, long> store = await test.StoreAsync<Tagged, long, TaggedMap>();
        await using SideSession session = await test.OpenAsync();
        RangeDigest before = await store.DigestAsync(session, default, Token);

        await test.RunAsync($"UPDATE tagged SET {change}");
        Assert.Equal("1", await test.AskAsync("SELECT count(*) AS n FROM tagged"));

        Assert.NotNull(store.DigestName);
        Assert.NotEqual(before, await store.DigestAsync(session, default, Token));
    }

    [Fact]
    public async Task A_digests_name_covers_the_column_types_and_the_servers_hash()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        string? name = (await test.AccountsAsync()).DigestName;
        await test.RunAsync("ALTER TABLE account ALTER COLUMN number TYPE bigint USING number, DROP COLUMN doubled; ALTER TABLE account ADD doubled bigint");
        string? other = (await test.AccountsAsync()).DigestName;

        Assert.StartsWith("postgresql/", name, StringComparison.Ordinal);
        Assert.NotEqual(name, other);
        Assert.Equal(other, (await test.AccountsAsync()).DigestName);
    }
}
