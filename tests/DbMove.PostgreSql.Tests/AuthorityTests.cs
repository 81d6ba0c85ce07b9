using DbMove.Dialects;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

public sealed class AuthorityTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_insert_returns_the_row_with_what_the_database_made_and_records_an_intent()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            WriteResult<Account> result = await store.InsertAsync(
                session, TestDatabase.Dual, [new Account { Name = "a", Number = 4, Balance = 1.50m }, new Account { Id = 99, Name = "b", Balance = 2 }], Token);

            Assert.True(result.StageMatched);
            Assert.Equal([1L, 2L], result.Rows.Select(row => row!.Value.Image.Id));
            Assert.Equal(8, result.Rows[0]!.Value.Image.Doubled);
            Assert.Equal([1L, 2L], result.Rows.Select(row => row!.Value.IntentId));
            await session.CommitAsync(Token);
        }

        Assert.Equal(["1|a|1.50", "2|b|2.00"], await test.RowsAsync("SELECT id, name, balance FROM account ORDER BY id"));
        Assert.Equal(
            ["1|test-migration|account|[\"1\"]|insert|7", "2|test-migration|account|[\"2\"]|insert|7"],
            await test.RowsAsync("SELECT id, migration, entity, key, operation, epoch FROM dbmove_intent ORDER BY id"));
        string skew = await test.AskAsync("SELECT abs(extract(epoch FROM clock_timestamp()) * 1000 - created_at) < 60000 FROM dbmove_intent LIMIT 1");
        Assert.Equal("true", skew);
    }

    [Fact]
    public async Task The_intent_of_a_mixed_key_holds_the_given_part_and_the_generated_part()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Line.Definition);
        IEntityStore<Line, LineKey> store = await test.LinesAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            WriteResult<Line> result = await store.InsertAsync(session, TestDatabase.Dual, [new Line { Region = "a\"b\\ü𝄞", Amount = 4 }], Token);
            Assert.Equal(new LineKey("a\"b\\ü𝄞", 1), LineMap.GetKey(result.Rows[0]!.Value.Image));
            await session.CommitAsync(Token);
        }

        string key = await test.AskAsync("SELECT key FROM dbmove_intent");
        Assert.Equal(LineMap.FormatKey(new LineKey("a\"b\\ü𝄞", 1)), key);
    }

    [Fact]
    public async Task The_intent_of_a_key_that_only_the_row_tells_follows_with_the_stored_key()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Stamp.Definition);
        IEntityStore<Stamp, DateTime> store = await test.StoreAsync<Stamp, DateTime, StampMap>();
        DateTime fine = new(2024, 1, 2, 3, 4, 5, 678, 901);
        await using (SideSession session = await test.BeginAsync())
        {
            WriteResult<Stamp> inserted = await store.InsertAsync(session, TestDatabase.Dual, [new Stamp { Note = "a" }], Token);
            Assert.Equal(1, inserted.Rows[0]!.Value.IntentId);
            await store.UpsertAsync(session, TestDatabase.Dual, [new Stamp { At = fine, Note = "b" }], Token);
            WriteResult<Stamp> deleted = await store.DeleteAsync(session, TestDatabase.Dual, [DateTime.UnixEpoch, fine], Token);
            Assert.Null(deleted.Rows[0]);
            Assert.Equal(3, deleted.Rows[1]!.Value.IntentId);
            await session.CommitAsync(Token);
        }

        Assert.Equal(
            ["[\"2024-05-06T07:08:09.123000\"]|insert", "[\"2024-01-02T03:04:05.678000\"]|upsert", "[\"2024-01-02T03:04:05.678000\"]|delete"],
            await test.RowsAsync("SELECT key, operation FROM dbmove_intent ORDER BY id"));
    }

    [Fact]
    public async Task An_update_writes_all_but_key_and_computed_and_returns_null_for_an_absent_key()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(
            server, Account.Definition, "INSERT INTO account (id, name, number, balance) OVERRIDING SYSTEM VALUE VALUES (5, 'old', 1, 1);");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            WriteResult<Account> result = await store.UpdateAsync(
                session, TestDatabase.Dual, [new Account { Id = 4, Name = "nobody" }, new Account { Id = 5, Name = "new", Number = 3, Doubled = 77, Balance = 9 }], Token);

            Assert.True(result.StageMatched);
            Assert.Null(result.Rows[0]);
            Assert.Equal(6, result.Rows[1]!.Value.Image.Doubled);
            Assert.Equal(1, result.Rows[1]!.Value.IntentId);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["5|new|3|9.00"], await test.RowsAsync("SELECT id, name, number, balance FROM account"));
        Assert.Equal(["[\"5\"]|update"], await test.RowsAsync("SELECT key, operation FROM dbmove_intent"));
    }

    [Fact]
    public async Task An_upsert_inserts_with_its_key_or_updates_the_row_of_that_key()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(
            server, Account.Definition, "INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (5, 'old');");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            WriteResult<Account> result = await store.UpsertAsync(
                session, TestDatabase.Dual, [new Account { Id = 5, Name = "new" }, new Account { Id = 70, Name = "more", Number = 2 }], Token);
            Assert.Equal([0L, 4L], result.Rows.Select(row => row!.Value.Image.Doubled));
            await session.CommitAsync(Token);
        }

        Assert.Equal(["5|new", "70|more"], await test.RowsAsync("SELECT id, name FROM account ORDER BY id"));
        Assert.Equal(["[\"5\"]|upsert", "[\"70\"]|upsert"], await test.RowsAsync("SELECT key, operation FROM dbmove_intent ORDER BY id"));
    }

    [Fact]
    public async Task An_upsert_that_clashes_with_another_unique_index_is_an_error_and_never_updates_that_row()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "INSERT INTO account (name) VALUES ('taken');");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            Exception failure = await Assert.ThrowsAnyAsync<Exception>(
                () => store.UpsertAsync(session, TestDatabase.Dual, [new Account { Id = 2, Name = "taken" }], Token));
            Assert.Equal(FailureKind.UniqueClash, test.Database.Classify(failure));
        }

        Assert.Equal(["1|taken"], await test.RowsAsync("SELECT id, name FROM account"));
        Assert.Empty(await test.RowsAsync("SELECT * FROM dbmove_intent"));
    }

    [Fact]
    public async Task A_delete_returns_the_row_that_went()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "INSERT INTO account (name) VALUES ('a'), ('b');");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            WriteResult<Account> result = await store.DeleteAsync(session, TestDatabase.Dual, [2, 7], Token);
            Assert.Equal("b", result.Rows[0]!.Value.Image.Name);
            Assert.Null(result.Rows[1]);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["1|a"], await test.RowsAsync("SELECT id, name FROM account"));
        Assert.Equal(["[\"2\"]|delete"], await test.RowsAsync("SELECT key, operation FROM dbmove_intent"));
    }

    [Theory]
    [InlineData(8, Stage.SourceFirst)]
    [InlineData(7, Stage.TargetFirst)]
    [InlineData(7, Stage.SourceOnly)]
    public async Task Under_another_epoch_or_stage_nothing_is_written(long epoch, Stage stage)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "INSERT INTO account (name) VALUES ('a');");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        WriteGuard stale = new(epoch, stage);
        await using (SideSession session = await test.BeginAsync())
        {
            Assert.False((await store.InsertAsync(session, stale, [new Account { Name = "b" }], Token)).StageMatched);
            Assert.False((await store.UpdateAsync(session, stale, [new Account { Id = 1, Name = "c" }], Token)).StageMatched);
            Assert.False((await store.UpsertAsync(session, stale, [new Account { Id = 1, Name = "d" }, new Account { Id = 2, Name = "e" }], Token)).StageMatched);
            Assert.False((await store.DeleteAsync(session, stale, [1, 2], Token)).StageMatched);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["1|a"], await test.RowsAsync("SELECT id, name FROM account"));
        Assert.Empty(await test.RowsAsync("SELECT * FROM dbmove_intent"));
    }

    [Fact]
    public async Task A_single_sided_stage_checks_the_control_row_and_leaves_no_intent()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(
            server, Account.Definition, "UPDATE dbmove_migration SET stage = 'src_only';");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.BeginAsync())
        {
            WriteResult<Account> inserted = await store.InsertAsync(session, TestDatabase.Single, [new Account { Name = "a" }], Token);
            Assert.Equal(0, inserted.Rows[0]!.Value.IntentId);
            WriteResult<Account> absent = await store.UpdateAsync(session, TestDatabase.Single, [new Account { Id = 9, Name = "b" }], Token);
            Assert.True(absent.StageMatched);
            Assert.Null(absent.Rows[0]);
            Assert.False((await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "b" }], Token)).StageMatched);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["1|a"], await test.RowsAsync("SELECT id, name FROM account"));
        Assert.Empty(await test.RowsAsync("SELECT * FROM dbmove_intent"));
    }

    [Fact]
    public async Task Without_fence_the_control_tables_need_not_exist()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "DROP TABLE dbmove_migration, dbmove_intent;");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.BeginAsync(FenceMode.None))
        {
            WriteResult<Account> inserted = await store.InsertAsync(session, TestDatabase.Unguarded, [new Account { Name = "a" }, new Account { Name = "b" }], Token);
            Assert.Equal([1L, 2L], inserted.Rows.Select(row => row!.Value.Image.Id));
            Assert.Null((await store.UpdateAsync(session, TestDatabase.Unguarded, [new Account { Id = 9, Name = "c" }], Token)).Rows[0]);
            Assert.NotNull((await store.UpsertAsync(session, TestDatabase.Unguarded, [new Account { Id = 2, Name = "d" }], Token)).Rows[0]);
            Assert.NotNull((await store.DeleteAsync(session, TestDatabase.Unguarded, [1], Token)).Rows[0]);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["2|d"], await test.RowsAsync("SELECT id, name FROM account"));
    }
}
