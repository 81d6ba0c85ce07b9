using DbMove.BackfillProcess;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.BadInput;

public sealed class SameSidesTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task The_same_table_as_source_and_target_is_refused_and_nothing_is_written(Engine engine)
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(engine, server);
        await using Migration migration = Build(databases.Source.AsTarget(databases.Source.AsSource(new MigrationBuilder("items"))));

        await AssertRefusedAsync(migration);

        Assert.Equal(["item"], await databases.Source.TablesAsync());
        Assert.Equal(100, await databases.Source.NumberAsync("SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task The_same_SQLite_file_by_another_path_is_refused()
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(Engine.Sqlite, server);
        string folder = Path.GetDirectoryName(databases.Source.Address)!;
        string link = Path.Combine(folder, "link.db");
        File.CreateSymbolicLink(link, databases.Source.Address);
        foreach (string other in (string[])[link, Path.Combine(folder, "..", Path.GetFileName(folder), Path.GetFileName(databases.Source.Address))])
        {
            await using Migration migration = Build(databases.Source.AsSource(new MigrationBuilder("items")).ToSqlite(other));
            await AssertRefusedAsync(migration);
        }

        Assert.Equal(["item"], await databases.Source.TablesAsync());
    }

    private static Migration Build(MigrationBuilder builder) => builder.AddEntity<Item>().Configure(MigrationSteps.ForTests).Build();

    private static async Task AssertRefusedAsync(Migration migration)
    {
        DbMoveException refused = await Assert.ThrowsAnyAsync<DbMoveException>(() => migration.StartAsync(Token));
        Assert.True(refused is SchemaCheckException or MigrationConfigurationException, refused.ToString());
        Assert.Matches("are the same database|is the very table", refused.Message);
    }
}
