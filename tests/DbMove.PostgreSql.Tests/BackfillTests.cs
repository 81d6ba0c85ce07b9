using System.Globalization;
using DbMove.Dialects;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

public sealed class BackfillTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(5000, false)]
    [InlineData(5000, true)]
    public async Task Missing_rows_are_inserted_and_no_row_is_overwritten(int count, bool clashes)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        if (clashes)
        {
            await test.RunAsync("INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (2, 'newer'), (5, 'newest')");
        }

        Account[] rows = [.. Enumerable.Range(1, count).Select(id => new Account { Id = id, Name = $"n{id}", Number = -id, Code = id % 3 == 0 ? null : id, Balance = id / 100m })];
        int inserted;
        await using (SideSession session = await test.BeginAsync())
        {
            inserted = await store.InsertMissingAsync(session, rows, Token);

            // A second range in the same transaction goes the same way again.
            Assert.Equal(0, await store.InsertMissingAsync(session, rows, Token));
            await session.CommitAsync(Token);
        }

        Assert.Equal(clashes ? count - 2 : count, inserted);
        Assert.Equal(count.ToString(CultureInfo.InvariantCulture), await test.AskAsync("SELECT count(*) FROM account"));
        Assert.Equal(clashes ? ["2|newer", "5|newest"] : ["2|n2", "5|n5"], await test.RowsAsync("SELECT id, name FROM account WHERE id IN (2, 5) ORDER BY id"));
        Assert.Equal(
            (count - (clashes ? 2 : 0)).ToString(CultureInfo.InvariantCulture),
            await test.AskAsync("SELECT count(*) FROM account WHERE name = 'n' || id AND number = -id AND balance = id / 100.0 AND code IS NOT DISTINCT FROM CASE WHEN id % 3 = 0 THEN NULL ELSE id END"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(500)]
    public async Task A_clash_with_another_unique_index_is_an_error(int count)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(
            server, Account.Definition, "INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (100000, 'n3');");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            Account[] rows = [.. Enumerable.Range(1, count).Select(id => new Account { Id = id, Name = $"n{id}" })];
            Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => store.InsertMissingAsync(session, rows, Token));
            Assert.Equal(FailureKind.UniqueClash, test.Database.Classify(failure));
            await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await session.CommitAsync(Token));
        }

        Assert.Equal(["100000"], await test.RowsAsync("SELECT id FROM account"));
    }

    [Fact]
    public async Task A_row_that_cannot_be_encoded_ends_the_copy_and_the_session_is_usable_again()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession session = await test.BeginAsync();
        Account[] rows = [.. Enumerable.Range(1, 500).Select(id => new Account { Id = id, Name = id == 400 ? "half \ud800" : $"n{id}" })];
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => store.InsertMissingAsync(session, rows, Token));
        Assert.Equal(FailureKind.Data, test.Database.Classify(failure));

        await session.RollbackAsync();
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
        rows[399].Name = "whole";
        Assert.Equal(500, await store.InsertMissingAsync(session, rows, Token));
        await session.CommitAsync(Token);
        Assert.Equal("500", await test.AskAsync("SELECT count(*) FROM account"));
    }
}
