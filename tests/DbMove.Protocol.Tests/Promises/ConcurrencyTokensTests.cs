using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Optimistic concurrency: nobody's write is lost under another's that did not see it.</summary>
public sealed class ConcurrencyTokensTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task In_every_stage_a_write_happens_only_to_the_row_that_was_read(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync();
        DocumentRepository documents = new(migration);
        for (Stage stage = Stage.Initial; stage <= Stage.Completed; stage++)
        {
            if (stage > Stage.Initial)
            {
                await migration.SwitchAsync(stage, Bank.Forced);
            }

            long id = (long)stage + 1;
            Document first = await documents.InsertAsync(new Document { Id = id, Title = "a" });
            Document? second = await documents.UpdateAsync(first with { Title = "b" });
            Assert.Equal((1L, 2L, "b"), (first.Version, second!.Version, second.Title));

            // The version alone is another; then the version is right and what the application checks is another.
            await ConflictAsync(() => documents.UpdateAsync(first with { Title = "lost" }), id);
            await ConflictAsync(() => documents.UpsertAsync(first with { Title = "lost" }), id);
            await ConflictAsync(() => documents.DeleteUnchangedAsync(first), id);
            await ConflictAsync(() => documents.UpdateAsync(second with { State = "paid" }), id);
            Document? third = await documents.UpdateFromAsync(second, second with { State = "paid" });
            Assert.Equal(third, await documents.FindAsync(id));
            Assert.Equal(new Document { Id = id, Title = "b", Version = 3, State = "paid" }, third);
            Assert.Equal(4, (await documents.UpsertAsync(third!)).Version);

            // An absent row is no conflict.
            Assert.Null(await documents.UpdateAsync(first with { Id = 99 }));
            Assert.False(await documents.DeleteUnchangedAsync(first with { Id = 99 }));
            Assert.Equal(8, (await documents.UpsertAsync(first with { Id = 99, Version = 7 })).Version);
            Assert.True(await documents.DeleteAsync(99));
        }

        string[] expected = [.. Enumerable.Range(1, 6).Select(id => $"{id}|b|4|paid")];
        await Bank.SettleAsync(migration);
        Assert.Equal(expected[..4], await RowsAsync(bank, Side.Source));
        Assert.Equal(expected[2..], await RowsAsync(bank, Side.Target));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Of_many_rows_none_is_written_when_one_was_changed_and_the_same_row_twice_is_two_writes(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        DocumentRepository documents = new(migration);
        IReadOnlyList<Document> read = await documents.InsertManyAsync([new Document { Id = 1, Title = "a" }, new Document { Id = 2, Title = "b" }]);
        await documents.UpdateAsync(read[1] with { Title = "changed" });

        await ConflictAsync(() => documents.UpdateManyAsync([.. read.Select(document => document with { Title = "lost" })]), 2);
        await ConflictAsync(() => documents.UpsertManyAsync([new Document { Id = 3, Title = "new" }, read[1]]), 2);
        await ConflictAsync(() => documents.UpdateManyAsync([read[0], read[0]]), 1);
        IReadOnlyList<Document?> written = await documents.UpdateManyAsync([read[0] with { Title = "x" }, read[0] with { Id = 9 }, read[0] with { Title = "y", Version = 2 }]);

        Assert.Equal([2, null, 3], written.Select(document => document?.Version));
        Assert.Equal(["1|y|3|null", "2|changed|2|null"], await RowsAsync(bank, Side.Source));
        await Bank.SettleAsync(migration);
        Assert.Equal(await RowsAsync(bank, Side.Source), await RowsAsync(bank, Side.Target));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_conflict_ends_the_transaction_and_nothing_of_it_remains(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        DocumentRepository documents = new(migration);
        Document read = await documents.InsertAsync(new Document { Id = 1, Title = "a" });
        await documents.UpdateAsync(read with { Title = "b" });

        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            await documents.InsertAsync(new Document { Id = 2, Title = "of the transaction" }, transaction);
            await ConflictAsync(() => documents.UpdateAsync(read with { Title = "lost" }, transaction), 1);
            await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
        }

        Assert.Equal(["1|b|2|null"], await RowsAsync(bank, Side.Source));
        await migration.Clearer.FlushAsync(default);
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    /// <summary>The naive way: compare, then write; the other's commit comes between.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Of_two_writers_who_read_the_same_version_one_succeeds(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        Document read = await new DocumentRepository(migration).InsertAsync(new Document { Id = 1, Title = "a" });

        Hold written = Hold.At(migration, "write.executed");
        Task<Document?> first = new DocumentRepository(migration).UpdateAsync(read with { Title = "first" });
        await written.Reached;
        Task<Document?> second = new DocumentRepository(other).UpdateAsync(read with { Title = "second" });
        await bank.Source.WaitUntilBlockedAsync(second);
        written.Release();

        Assert.Equal(2, (await first)?.Version);
        await ConflictAsync(() => second, 1);
        Assert.Equal(["1|first|2|null"], await RowsAsync(bank, Side.Source));
    }

    [Fact]
    public async Task An_upsert_overwrites_no_row_that_came_after_it_had_looked()
    {
        // On SQLite nobody else can write once it has looked.
        await using Bank bank = await CreateAsync(Engine.PostgreSql);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using System.Data.Common.DbConnection other = await bank.Source.OpenAsync();
        await using System.Data.Common.DbTransaction transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using System.Data.Common.DbCommand insert = other.CreateCommand();
        insert.CommandText = "INSERT INTO document (id, title, version) VALUES (1, 'theirs', 1)";
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        Task<Document> upsert = new DocumentRepository(migration).UpsertAsync(new Document { Id = 1, Title = "mine" });
        await bank.Source.WaitUntilBlockedAsync(upsert);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        await ConflictAsync(() => upsert, 1);
        Assert.Equal(["1|theirs|1|null"], await RowsAsync(bank, Side.Source));
    }

    /// <summary>The naive way: a sleeper finds the former authority's row changed, or gone, and says so.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_the_former_authority_holds_is_neither_a_conflict_nor_an_absence(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration sleeper = await bank.StartAsync(Stage.SourceFirst);
        Migration other = await bank.StartAsync();
        DocumentRepository documents = new(sleeper);
        IReadOnlyList<Document> read = await documents.InsertManyAsync([new Document { Id = 1, Title = "a" }, new Document { Id = 2, Title = "b" }]);
        await other.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await other.SwitchAsync(Stage.TargetOnly, Bank.Forced);
        await bank.Source.ExecuteAsync("UPDATE document SET version = 50 WHERE id = 1; DELETE FROM document WHERE id = 2");

        Assert.Equal(Stage.SourceFirst, sleeper.Stage);
        Assert.Equal(2, (await documents.UpdateAsync(read[0] with { Title = "new" }))?.Version);
        Assert.Equal(Stage.TargetOnly, sleeper.Stage);

        Migration late = await bank.StartAsync();
        await late.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Assert.Equal(2, (await documents.UpdateAsync(read[1] with { Title = "new" }))?.Version);
        Assert.Equal(["1|new|2|null", "2|new|2|null"], await RowsAsync(bank, Side.Target));
    }

    /// <summary>The authority decides; the follower is given what it counted.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_followers_row_is_not_asked_and_gets_the_after_image(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        DocumentRepository documents = new(migration);
        Document read = await documents.InsertAsync(new Document { Id = 1, Title = "a" });
        await bank.Target.ExecuteAsync("UPDATE document SET row_version = 77, state = 'other'");

        await documents.UpdateAsync(read with { Title = "b" });
        Assert.Equal(["1|b|2|null"], await RowsAsync(bank, Side.Target));

        await bank.Target.ExecuteAsync("UPDATE document SET row_version = 77");
        Assert.True(await documents.DeleteUnchangedAsync(read with { Version = 2 }));
        Assert.Empty(await RowsAsync(bank, Side.Target));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_same_value_in_another_form_is_no_conflict(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await bank.Source.ExecuteAsync("INSERT INTO document (id, title, version, approved_at) VALUES (1, 'a', 4, '2026-01-02T03:04:05+00:00')");
        DocumentRepository documents = new(migration);

        Document? read = await documents.FindAsync(1);
        Document? written = await documents.UpdateAsync(read! with { ApprovedAt = new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)) });

        Assert.Equal(5, written?.Version);
        await ConflictAsync(() => documents.UpdateAsync(written! with { ApprovedAt = written.ApprovedAt!.Value.AddSeconds(1) }), 1);
    }

    private static async Task ConflictAsync(Func<Task> write, long id)
    {
        ConcurrencyConflictException conflict = await Assert.ThrowsAsync<ConcurrencyConflictException>(write);
        Assert.Equal(("document", $"[\"{id}\"]"), (conflict.Entity, conflict.Key));
    }

    private static Task<List<string>> RowsAsync(Bank bank, Side side) =>
        bank.On(side).RowsAsync($"SELECT id, title, {(side == Side.Source ? "version" : "row_version")}, state FROM document ORDER BY id");

    private async Task<Bank> CreateAsync(Engine engine)
    {
        Bank bank = await Bank.CreateAsync(engine, server);
        foreach ((Database database, string version) in new[] { (bank.Source, "version"), (bank.Target, "row_version") })
        {
            string time = database.IsPostgreSql ? "TIMESTAMPTZ" : "TEXT";
            await database.ExecuteAsync($"CREATE TABLE document (id BIGINT NOT NULL PRIMARY KEY, title TEXT NOT NULL, {version} BIGINT NOT NULL, state TEXT, approved_at {time})");
        }

        bank.Additional = builder => builder.AddEntity<Document>();
        return bank;
    }
}
