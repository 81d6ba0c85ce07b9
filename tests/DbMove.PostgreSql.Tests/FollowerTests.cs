using DbMove.Dialects;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

public sealed class FollowerTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public async Task Images_are_inserted_with_their_generated_key_or_overwrite_the_row(int count)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "INSERT INTO account (name, number, code) VALUES ('old', 9, 8);");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        Account[] images = [.. Enumerable.Range(1, count).Select(id => new Account { Id = id, Name = $"n{id}", Number = id, Code = id == 2 ? id : null, Balance = id / 4m })];
        await using (SideSession session = await test.BeginAsync())
        {
            await store.UpsertImagesAsync(session, images, Token);
            await session.CommitAsync(Token);
        }

        Assert.Equal(
            images.Select(row => FormattableString.Invariant($"{row.Id}|n{row.Id}|{(row.Id == 2 ? "2" : "null")}|{row.Number}|{row.Balance:F2}|{row.Number * 2}")),
            await test.RowsAsync("SELECT * FROM account ORDER BY id"));
    }

    [Fact]
    public async Task Images_with_one_key_twice_leave_the_last()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            await store.UpsertImagesAsync(session, [.. Enumerable.Range(1, 6).Select(row => new Account { Id = 1, Name = $"n{row}" })], Token);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["1|n6"], await test.RowsAsync("SELECT id, name FROM account"));
    }

    [Fact]
    public async Task Rows_that_refer_to_one_another_are_written_and_deleted_whatever_the_order_of_their_keys()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Employee.Definition);
        IEntityStore<Employee, long> store = await test.StoreAsync<Employee, long, EmployeeMap>();
        await using (SideSession session = await test.BeginAsync())
        {
            await store.UpsertImagesAsync(session, [new Employee { Id = 1, ReportsTo = 2 }, new Employee { Id = 2 }], Token);
            await store.UpsertImagesAsync(session, [new Employee { Id = 1, ReportsTo = null }, new Employee { Id = 2, ReportsTo = 1 }], Token);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["1|null", "2|1"], await test.RowsAsync("SELECT * FROM employee ORDER BY id"));
        await using (SideSession session = await test.BeginAsync())
        {
            // The parent goes first.
            Assert.Equal(2, await store.DeleteImagesAsync(session, [1, 2], Token));
            await session.CommitAsync(Token);
        }

        Assert.Empty(await test.RowsAsync("SELECT * FROM employee"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Deleting_images_counts_those_that_were_there(int count)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Line.Definition, "INSERT INTO line SELECT 'ü', n, 0 FROM generate_series(1, 20) n;");
        IEntityStore<Line, LineKey> store = await test.LinesAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            LineKey[] keys = [new("u", 1), .. Enumerable.Range(1, count).Select(number => new LineKey("ü", number))];
            Assert.Equal(count, await store.DeleteImagesAsync(session, keys, Token));
            await session.CommitAsync(Token);
        }

        Assert.Equal([(count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)], await test.RowsAsync("SELECT min(number) FROM line"));
    }

    [Theory]
    [InlineData(RowLock.None, 1, "")]
    [InlineData(RowLock.None, 3, "")]
    [InlineData(RowLock.Share, 1, "SHARE")]
    [InlineData(RowLock.Share, 3, "SHARE")]
    [InlineData(RowLock.Update, 1, "UPDATE")]
    [InlineData(RowLock.Update, 3, "UPDATE")]
    public async Task Finding_reads_the_rows_that_exist_and_locks_them(RowLock rowLock, int count, string held)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Line.Definition, "INSERT INTO line SELECT 'r', n, n * 10 FROM generate_series(1, 5) n;");
        IEntityStore<Line, LineKey> store = await test.LinesAsync();
        await using SideSession session = await test.BeginAsync();
        LineKey[] keys = [.. Enumerable.Range(0, count).Select(index => new LineKey("r", 4 + index))];
        List<Line> found = await store.FindAsync(session, keys, rowLock, Token);
        Assert.Equal(keys.Where(key => key.Number <= 5).Select(key => key.Number * 10), found.Select(row => row.Amount).Order());

        // What another session could not lock shows what this one holds.
        Assert.Equal(held.Length > 0 ? "0" : "1", await test.AskAsync("SELECT count(*) FROM (SELECT 1 FROM line WHERE number = 4 FOR UPDATE SKIP LOCKED) x"));
        Assert.Equal(held == "UPDATE" ? "0" : "1", await test.AskAsync("SELECT count(*) FROM (SELECT 1 FROM line WHERE number = 4 FOR SHARE SKIP LOCKED) x"));
    }
}
