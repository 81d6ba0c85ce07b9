using DbMove.Dialects;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

public sealed class ClashTests(PostgreSqlServer server)
{
    private const string Rows = "INSERT INTO account (name, code, number) VALUES ('a', 1, 2000), ('b', 2, 2001), ('c', NULL, 5), ('d', NULL, 5);";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("name", new long[] { 2 })]
    [InlineData("code", new long[] { 1 })]
    public async Task The_holders_of_an_images_unique_values_are_found_without_the_row_itself(string column, long[] holders)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, Rows);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession session = await test.OpenAsync();
        UniqueIndexSchema index = await IndexAsync(test, column);
        Assert.Equal(holders, await store.FindHoldersAsync(session, new Account { Id = 9, Name = "b", Code = 1 }, index, Token));
        Assert.Empty(await store.FindHoldersAsync(session, new Account { Id = 3, Name = "c" }, index, Token));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("code")]
    [InlineData("number")]
    public async Task Parked_rows_clash_with_none_so_that_two_rows_can_swap_values(string column)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, Rows);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        Account[] swapped =
        [
            new() { Id = 1, Name = column == "name" ? "b" : "a", Code = column == "code" ? 2 : 1, Number = column == "number" ? 2001 : 2000 },
            new() { Id = 2, Name = column == "name" ? "a" : "b", Code = column == "code" ? 1 : 2, Number = column == "number" ? 2000 : 2001 },
        ];
        await using (SideSession session = await test.BeginAsync())
        {
            Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => store.UpsertImagesAsync(session, swapped, Token));
            Assert.Equal(FailureKind.UniqueClash, test.Database.Classify(failure));
        }

        await using (SideSession session = await test.BeginAsync())
        {
            Assert.True(await store.TryParkAsync(session, [1, 2], await IndexAsync(test, column), Token));
            await store.UpsertImagesAsync(session, swapped, Token);
            await session.CommitAsync(Token);
        }

        Assert.Equal(
            swapped.Select(row => $"{row.Id}|{row.Name}|{row.Code}|{row.Number}"),
            await test.RowsAsync("SELECT id, name, code, number FROM account WHERE id < 3 ORDER BY id"));
    }

    [Fact]
    public async Task Nulls_that_clash_are_found_and_not_parked_as_null()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(
            server, Account.Definition, "INSERT INTO account (name, code) VALUES ('a', NULL), ('b', 1); CREATE UNIQUE INDEX strict ON account (code) NULLS NOT DISTINCT;");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        UniqueIndexSchema strict = Assert.Single((await test.DescribeAsync("account")).UniqueIndexes, index => index.Name == "strict");
        await using SideSession session = await test.BeginAsync();
        Assert.Equal([1L], await store.FindHoldersAsync(session, new Account { Id = 9, Name = "c" }, strict, Token));
        Assert.True(await store.TryParkAsync(session, [1, 2], strict, Token));
        await session.CommitAsync(Token);
        Assert.Equal(["2"], await test.RowsAsync("SELECT count(*) FROM account WHERE code < 0"));
    }

    [Fact]
    public async Task An_index_over_an_expression_or_key_columns_cannot_be_parked()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "CREATE UNIQUE INDEX again ON account (id); CREATE UNIQUE INDEX lowered ON account (lower(name));");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        TableSchema table = await test.DescribeAsync("account");
        await using SideSession session = await test.OpenAsync();
        foreach (string name in new[] { "again", "lowered" })
        {
            Assert.False(await store.TryParkAsync(session, [1], Assert.Single(table.UniqueIndexes, index => index.Name == name), Token));
        }
    }

    private static async Task<UniqueIndexSchema> IndexAsync(TestDatabase test, string column) =>
        Assert.Single((await test.DescribeAsync("account")).UniqueIndexes, index => index.Columns is [string only] && only == column);
}
