using DbMove.Dialects;
using DbMove.Sqlite.Tests.Entities;

namespace DbMove.Sqlite.Tests;

public sealed class ImageTests
{
    private static readonly UniqueIndexSchema s_byName = new("name", ["name"], false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_are_written_with_their_generated_keys_and_replace_every_column()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition, "INSERT INTO account (id, name, number, balance) VALUES (5, 'old', 1, '1.0')");
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using (SideSession session = await file.WriteAsync())
        {
            await store.UpsertImagesAsync(session, [new Account { Id = 5, Name = "new", Number = 2, Balance = 2.25m }, new Account { Id = 50, Name = "added" }], Token);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["5|new|2|2.25", "50|added|0|0.0"], file.Rows("SELECT id, name, number, balance FROM account ORDER BY id"));
        Assert.Equal(0L, file.Ask("SELECT count(*) FROM dbmove_intent"));
    }

    [Fact]
    public async Task Rows_that_refer_to_one_another_are_written_and_deleted_whatever_the_order_of_their_keys()
    {
        await using TestFile file = await TestFile.CreateAsync(Employee.Definition);
        IEntityStore<Employee, long> store = await file.StoreAsync<Employee, long, EmployeeMap>();
        await using SideSession session = await file.Database.OpenAsync(SessionUse.Write, Token);

        // On one connection, since the deferral ends with each transaction.
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
        await store.UpsertImagesAsync(session, [new Employee { Id = 1, ReportsTo = 3 }, new Employee { Id = 3 }], Token);
        await session.CheckDeferredConstraintsAsync(Token);
        await session.CommitAsync(Token);
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
        Assert.Equal(2, await store.InsertMissingAsync(session, [new Employee { Id = 2, ReportsTo = 4 }, new Employee { Id = 4, ReportsTo = 1 }], Token));
        await session.CommitAsync(Token);
        Assert.Equal(["1|3", "2|4", "3|null", "4|1"], file.Rows("SELECT * FROM employee ORDER BY id"));

        // Parents go first.
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
        Assert.Equal(4, await store.DeleteImagesAsync(session, [3, 1, 4, 2], Token));
        await session.CommitAsync(Token);
        Assert.Empty(file.Rows("SELECT * FROM employee"));
    }

    [Fact]
    public async Task A_row_whose_parent_does_not_come_fails_the_check_before_the_commit_and_else_the_commit()
    {
        await using TestFile file = await TestFile.CreateAsync(Employee.Definition);
        IEntityStore<Employee, long> store = await file.StoreAsync<Employee, long, EmployeeMap>();
        await using SideSession session = await file.WriteAsync();
        await store.UpsertImagesAsync(session, [new Employee { Id = 1, ReportsTo = 9 }], Token);
        Exception early = await Assert.ThrowsAnyAsync<Exception>(() => session.CheckDeferredConstraintsAsync(Token));
        Assert.Equal(FailureKind.ForeignKey, file.Database.Classify(early));
        await session.RollbackAsync();

        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
        await store.UpsertImagesAsync(session, [new Employee { Id = 1, ReportsTo = 9 }], Token);
        Exception late = await Assert.ThrowsAnyAsync<Exception>(async () => await session.CommitAsync(Token));
        Assert.Equal(FailureKind.ForeignKey, file.Database.ClassifyCommit(late));
        await session.RollbackAsync();
        Assert.Empty(file.Rows("SELECT * FROM employee"));
    }

    [Fact]
    public async Task Deleting_images_counts_those_that_were_there()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition, "INSERT INTO line VALUES ('a', 1, 1), ('a', 2, 2)");
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using SideSession session = await file.WriteAsync();
        Assert.Equal(1, await store.DeleteImagesAsync(session, [new LineKey("a", 9), new LineKey("a", 1)], Token));
        await session.CommitAsync(Token);
        Assert.Equal(["a|2|2"], file.Rows("SELECT * FROM line"));
    }

    [Fact]
    public async Task Inserting_missing_rows_never_overwrites()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition, "INSERT INTO line VALUES ('a', 1, 111)");
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using SideSession session = await file.WriteAsync();
        Assert.Equal(1, await store.InsertMissingAsync(session, [new Line { Region = "a", Number = 1, Amount = 1 }, new Line { Region = "a", Number = 2, Amount = 2 }], Token));
        await session.CommitAsync(Token);
        Assert.Equal(["a|1|111", "a|2|2"], file.Rows("SELECT * FROM line ORDER BY number"));
    }

    [Fact]
    public async Task A_missing_row_that_clashes_with_another_unique_index_is_an_error()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition, "INSERT INTO account (id, name, balance) VALUES (1, 'taken', '1.0')");
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using SideSession session = await file.WriteAsync();
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => store.InsertMissingAsync(session, [new Account { Id = 2, Name = "taken" }], Token));
        Assert.Equal(FailureKind.UniqueClash, file.Database.Classify(failure));
    }

    [Fact]
    public async Task P07_Two_rows_swap_a_unique_value_by_parking_the_holder()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition, "INSERT INTO account (id, name, balance) VALUES (1, 'a', '0.0'), (2, 'b', '0.0')");
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using SideSession session = await file.WriteAsync();
        Account[] images = [new Account { Id = 1, Name = "b" }, new Account { Id = 2, Name = "a" }];

        Assert.Equal([2L], await store.FindHoldersAsync(session, images[0], s_byName, Token));
        Assert.Empty(await store.FindHoldersAsync(session, new Account { Id = 1, Name = "a" }, s_byName, Token));
        Assert.True(await store.TryParkAsync(session, [1, 2], s_byName, Token));
        await store.UpsertImagesAsync(session, images, Token);
        await session.CommitAsync(Token);

        Assert.Equal(["1|b", "2|a"], file.Rows("SELECT id, name FROM account ORDER BY id"));
    }

    [Fact]
    public async Task Parking_takes_null_where_allowed_and_else_a_negative_number_or_a_text()
    {
        await using TestFile file = await TestFile.CreateAsync(
            Account.Definition, "INSERT INTO account (id, name, code, number, balance) VALUES (1, 'a', 10, 7, '0.0'), (2, 'b', 20, -4, '0.0')");
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using SideSession session = await file.WriteAsync();
        Assert.True(await store.TryParkAsync(session, [1, 2], new("code", ["code"], false), Token));
        Assert.True(await store.TryParkAsync(session, [1, 2], new("number", ["number"], false), Token));
        Assert.True(await store.TryParkAsync(session, [1, 2], s_byName, Token));
        Assert.False(await store.TryParkAsync(session, [1], new("expression", [], false), Token));
        Assert.False(await store.TryParkAsync(session, [1], new("balance", ["balance"], false), Token));
        Assert.False(await store.TryParkAsync(session, [1], new("id", ["id"], false), Token));
        await session.CommitAsync(Token);

        Assert.Equal(["null|-5", "null|-6"], file.Rows("SELECT code, number FROM account ORDER BY id"));
        Assert.Equal(2L, file.Ask("SELECT count(DISTINCT name) FROM account WHERE name LIKE 'dbmove-park-%'"));
    }

    [Fact]
    public async Task Nulls_hold_no_unique_value()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition, "INSERT INTO account (id, name, balance) VALUES (1, 'a', '0.0')");
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using SideSession session = await file.WriteAsync();
        Assert.Empty(await store.FindHoldersAsync(session, new Account { Id = 2, Name = "z" }, new("code", ["code"], false), Token));
    }

    [Fact]
    public async Task P18_A_counter_moves_beyond_what_the_other_side_used_and_never_back()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition);
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using SideSession session = await file.WriteAsync();
        Assert.Equal(0, await store.ReadIdentityAsync(session, Token));
        await store.AdvanceIdentityAsync(session, 41, Token);
        await store.AdvanceIdentityAsync(session, 40, Token);
        Assert.Equal(41, await store.ReadIdentityAsync(session, Token));
        WriteResult<Account> result = await store.InsertAsync(session, TestFile.Dual, [new Account { Name = "a" }], Token);
        Assert.Equal(42, result.Rows[0]!.Value.Image.Id);
        await store.DeleteImagesAsync(session, [42], Token);
        Assert.Equal(42, await store.ReadIdentityAsync(session, Token));
    }

    [Fact]
    public async Task Without_a_counter_the_largest_row_counts_and_without_a_number_nothing_does()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition.Replace(" AUTOINCREMENT", "", StringComparison.Ordinal), Line.Definition);
        file.Run("INSERT INTO account (id, name, balance) VALUES (12, 'a', '0.0')");
        IEntityStore<Account, long> accounts = await file.AccountsAsync();
        IEntityStore<Line, LineKey> lines = await file.LinesAsync();
        await using SideSession session = await file.WriteAsync();
        Assert.Equal(12, await accounts.ReadIdentityAsync(session, Token));
        await accounts.AdvanceIdentityAsync(session, 500, Token);
        Assert.Equal(12, await accounts.ReadIdentityAsync(session, Token));
        Assert.Null(await lines.ReadIdentityAsync(session, Token));
    }
}
