using DbMove.Dialects;
using DbMove.Sqlite.Tests.Entities;

namespace DbMove.Sqlite.Tests;

public sealed class WriteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_insert_returns_the_row_with_what_the_database_made_and_records_an_intent()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition);
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using (SideSession session = await file.WriteAsync())
        {
            WriteResult<Account> result = await store.InsertAsync(
                session, TestFile.Dual, [new Account { Name = "a", Number = 4, Balance = 1.50m }, new Account { Id = 99, Name = "b", Balance = 2 }], Token);

            Assert.True(result.StageMatched);
            Assert.Equal([1L, 2L], result.Rows.Select(row => row!.Value.Image.Id));
            Assert.Equal(8, result.Rows[0]!.Value.Image.Doubled);
            Assert.Equal([1L, 2L], result.Rows.Select(row => row!.Value.IntentId));
            await session.CommitAsync(Token);
        }

        Assert.Equal(["1|a|1.5", "2|b|2.0"], file.Rows("SELECT id, name, balance FROM account ORDER BY id"));
        Assert.Equal(
            ["1|test-migration|account|[\"1\"]|insert|7", "2|test-migration|account|[\"2\"]|insert|7"],
            file.Rows("SELECT id, migration, entity, key, operation, epoch FROM dbmove_intent ORDER BY id"));
        long age = (long)file.Ask($"SELECT {file.Database.Syntax.NowMilliseconds} - created_at FROM dbmove_intent LIMIT 1")!;
        Assert.InRange(age, 0, 60_000);
        Assert.InRange((long)file.Ask($"SELECT {file.Database.Syntax.NowMilliseconds}")!, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 60_000);
    }

    [Fact]
    public async Task An_update_writes_all_but_key_and_computed_and_returns_null_for_an_absent_key()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition, "INSERT INTO account (id, name, number, balance) VALUES (5, 'old', 1, '1.0')");
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using (SideSession session = await file.WriteAsync())
        {
            WriteResult<Account> result = await store.UpdateAsync(
                session, TestFile.Dual, [new Account { Id = 4, Name = "nobody" }, new Account { Id = 5, Name = "new", Number = 3, Doubled = 77, Balance = 9 }], Token);

            Assert.Null(result.Rows[0]);
            Assert.Equal(6, result.Rows[1]!.Value.Image.Doubled);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["5|new|3|9.0"], file.Rows("SELECT id, name, number, balance FROM account"));
        Assert.Equal(["[\"5\"]|update"], file.Rows("SELECT key, operation FROM dbmove_intent"));
    }

    [Fact]
    public async Task An_upsert_inserts_with_its_key_or_updates_the_row_of_that_key()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition, "INSERT INTO line VALUES ('de', 1, 10)");
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using (SideSession session = await file.WriteAsync())
        {
            WriteResult<Line> result = await store.UpsertAsync(
                session, TestFile.Dual, [new Line { Region = "de", Number = 1, Amount = 11 }, new Line { Region = "de", Number = 2, Amount = 12 }], Token);
            Assert.Equal([11, 12], result.Rows.Select(row => row!.Value.Image.Amount));
            await session.CommitAsync(Token);
        }

        Assert.Equal(["de|1|11", "de|2|12"], file.Rows("SELECT * FROM line ORDER BY 1, 2"));
        Assert.Equal(["[\"de\",\"1\"]|upsert", "[\"de\",\"2\"]|upsert"], file.Rows("SELECT key, operation FROM dbmove_intent ORDER BY id"));
    }

    [Fact]
    public async Task An_upsert_that_clashes_with_another_unique_index_is_an_error_and_never_updates_that_row()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition, "INSERT INTO account (id, name, balance) VALUES (1, 'taken', '1.0')");
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using SideSession session = await file.WriteAsync();

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => store.UpsertAsync(session, TestFile.Dual, [new Account { Id = 2, Name = "taken" }], Token));

        Assert.Equal(FailureKind.UniqueClash, file.Database.Classify(failure));
        await session.RollbackAsync();
        Assert.Equal(["1|taken|1.0"], file.Rows("SELECT id, name, balance FROM account"));
    }

    [Fact]
    public async Task A_delete_returns_the_row_that_went()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition, "INSERT INTO line VALUES ('de', 1, 10), ('de', 2, 20)");
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using (SideSession session = await file.WriteAsync())
        {
            WriteResult<Line> result = await store.DeleteAsync(session, TestFile.Dual, [new LineKey("de", 1), new LineKey("fr", 1)], Token);
            Assert.Equal(10, result.Rows[0]!.Value.Image.Amount);
            Assert.Null(result.Rows[1]);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["de|2|20"], file.Rows("SELECT * FROM line"));
        Assert.Equal(["[\"de\",\"1\"]|delete"], file.Rows("SELECT key, operation FROM dbmove_intent"));
    }

    [Theory]
    [InlineData("UPDATE dbmove_migration SET epoch = 8")]
    [InlineData("UPDATE dbmove_migration SET stage = 'src_only'")]
    [InlineData("UPDATE dbmove_migration SET side = 'target'")]
    public async Task Nothing_is_written_when_the_control_row_differs(string change)
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition);
        file.Run(change);
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using (SideSession session = await file.WriteAsync())
        {
            WriteResult<Account> result = await store.InsertAsync(session, TestFile.Dual, [new Account { Name = "a" }], Token);
            Assert.False(result.StageMatched);
            await session.CommitAsync(Token);
        }

        Assert.Equal(0L, file.Ask("SELECT (SELECT count(*) FROM account) + (SELECT count(*) FROM dbmove_intent)"));
    }

    [Fact]
    public async Task A_single_sided_stage_records_no_intent_and_an_unfenced_one_needs_no_control_tables()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition, "");
        file.Run("UPDATE dbmove_migration SET stage = 'src_only'");
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using (SideSession session = await file.WriteAsync())
        {
            WriteResult<Account> result = await store.InsertAsync(session, TestFile.Single, [new Account { Name = "a" }], Token);
            Assert.Equal(0, result.Rows[0]!.Value.IntentId);
            await session.CommitAsync(Token);
        }

        Assert.Equal(0L, file.Ask("SELECT count(*) FROM dbmove_intent"));
        file.Run("DROP TABLE dbmove_migration; DROP TABLE dbmove_intent");
        await using (SideSession session = await file.Database.OpenAsync(SessionUse.Write, Token))
        {
            await session.BeginAsync(new TransactionStart(), Token);
            await store.InsertAsync(session, new WriteGuard(0, Stage.Initial), [new Account { Name = "b" }], Token);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["a", "b"], file.Rows("SELECT name FROM account ORDER BY id"));
    }

    [Fact]
    public async Task P45_The_number_of_an_intent_is_never_given_out_again()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition);
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using SideSession session = await file.WriteAsync();
        WriteResult<Account> first = await store.InsertAsync(session, TestFile.Dual, [new Account { Name = "a" }], Token);
        await session.ExecuteAsync("DELETE FROM dbmove_intent", default, Token);
        WriteResult<Account> second = await store.InsertAsync(session, TestFile.Dual, [new Account { Name = "b" }], Token);

        Assert.True(second.Rows[0]!.Value.IntentId > first.Rows[0]!.Value.IntentId);
    }

    [Fact]
    public async Task The_image_is_what_the_triggers_left()
    {
        await using TestFile file = await TestFile.CreateAsync(
            Line.Definition, "CREATE TRIGGER line_amount AFTER INSERT ON line BEGIN UPDATE line SET amount = amount + 100 WHERE region = new.region AND number = new.number; END");
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using SideSession session = await file.WriteAsync();
        WriteResult<Line> result = await store.InsertAsync(session, TestFile.Dual, [new Line { Region = "de", Number = 1, Amount = 1 }], Token);

        Assert.Equal(101, result.Rows[0]!.Value.Image.Amount);
    }

    [Fact]
    public async Task An_immediate_foreign_key_is_checked_before_the_write_returns()
    {
        await using TestFile file = await TestFile.CreateAsync(
            "CREATE TABLE region (name TEXT NOT NULL PRIMARY KEY)",
            "CREATE TABLE line (region TEXT NOT NULL REFERENCES region (name), number INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (region, number))");
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using SideSession session = await file.WriteAsync();

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => store.InsertAsync(session, TestFile.Dual, [new Line { Region = "de", Number = 1 }], Token));

        Assert.Equal(FailureKind.ForeignKey, file.Database.Classify(failure));
    }
}
