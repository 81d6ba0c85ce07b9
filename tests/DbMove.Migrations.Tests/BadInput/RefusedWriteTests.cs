using DbMove.BackfillProcess;
using DbMove.Dialects;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.BadInput;

public sealed class RefusedWriteTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task An_update_or_delete_of_an_absent_key_tells_so_and_writes_nothing(Engine engine)
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(engine, server);
        await using Migration migration = databases.Build(options => options.RunBackgroundWork = false);
        await migration.StartDualAsync();
        List<string[]> before = await databases.Source.RowsAsync(ItemDatabases.Rows);
        ItemRepository items = new(migration);

        Assert.Null(await items.UpdateAsync(new Item { Id = 4711, Name = "nobody" }, cancellationToken: Token));
        Assert.False(await items.DeleteAsync(4711, cancellationToken: Token));
        Assert.Null(await items.FindAsync(4711, cancellationToken: Token));

        Assert.Equal(before, await databases.Source.RowsAsync(ItemDatabases.Rows));
        Assert.Equal(0, await databases.Target.NumberAsync("SELECT count(*) FROM item"));
        Assert.Equal(0, await databases.Source.NumberAsync("SELECT count(*) FROM dbmove_intent"));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Null_for_a_required_column_is_a_clear_error_and_nothing_is_written(Engine engine)
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(engine, server);
        await using Migration migration = databases.Build(options => options.RunBackgroundWork = false);
        await migration.StartDualAsync();
        List<string[]> before = await databases.Source.RowsAsync(ItemDatabases.Rows);
        ItemRepository items = new(migration);
        Item bad = new() { Id = 101, Name = null! };

        foreach (Func<Task> write in (Func<Task>[])
        [
            () => items.InsertAsync(bad, cancellationToken: Token),
            () => items.UpdateAsync(bad with { Id = 1 }, cancellationToken: Token),
            () => items.UpsertAsync(bad, cancellationToken: Token),
            () => items.InsertManyAsync([new Item { Id = 102, Name = "good" }, bad], cancellationToken: Token),
        ])
        {
            Exception refused = await Assert.ThrowsAnyAsync<Exception>(write);
            Assert.True(refused is WriteFailedException { Kind: FailureKind.Data } or ArgumentException, refused.ToString());
            Assert.Contains("name", refused.Message, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(before, await databases.Source.RowsAsync(ItemDatabases.Rows));
        Assert.Equal(0, await databases.Target.NumberAsync("SELECT count(*) FROM item"));
        Assert.Equal(0, await databases.Source.NumberAsync("SELECT count(*) FROM dbmove_intent"));
    }
}
