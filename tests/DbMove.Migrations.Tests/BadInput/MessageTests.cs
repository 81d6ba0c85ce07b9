using DbMove.BackfillProcess;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.BadInput;

/// <summary>What a user is told: what is wrong, where, and the remedy.</summary>
public sealed class MessageTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Host=db;Pasword=hunter2")]
    [InlineData("Host=db;Port=many;Password=hunter2")]
    [InlineData("hunter2")]
    public void A_connection_string_that_is_none_names_migration_and_side_and_no_secret(string? text)
    {
        ArgumentException source = Assert.ThrowsAny<ArgumentException>(() => new MigrationBuilder("items").FromPostgreSql(text!));
        ArgumentException target = Assert.ThrowsAny<ArgumentException>(() => new MigrationBuilder("items").ToPostgreSql(text!));

        Assert.StartsWith("The connection string of the source of migration 'items' is ", source.Message, StringComparison.Ordinal);
        Assert.StartsWith("The connection string of the target of migration 'items' is ", target.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", source.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":memory:")]
    [InlineData("file:shop.db")]
    [InlineData("Data Source=shop.db;Mode=ReadOnly")]
    public void A_file_that_is_none_names_migration_and_side(string? text)
    {
        Assert.StartsWith("The source of migration 'items': ", Assert.ThrowsAny<ArgumentException>(() => new MigrationBuilder("items").FromSqlite(text!)).Message, StringComparison.Ordinal);
        Assert.StartsWith("The target of migration 'items': ", Assert.ThrowsAny<ArgumentException>(() => new MigrationBuilder("items").ToSqlite(text!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_timeout_is_measured_by_the_pause_budget()
    {
        MigrationBuilder builder = new MigrationBuilder("items").FromSqlite("/nowhere/source.db").ToSqlite("/nowhere/target.db").AddEntity<Item>();

        string message = Assert.Throws<MigrationConfigurationException>(() => builder.Configure(options => options.LockTimeout = options.PauseBudget).Build()).Message;

        Assert.Contains("LockTimeout is 00:00:02, and must be longer than PauseBudget, which is 00:00:02, and at most 00:10:00", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_and_percentages_out_of_range_are_named()
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(Engine.Sqlite, server, rows: 1);
        await using Migration migration = databases.Build();
        await migration.StartAsync(Token);
        ItemRepository items = new(migration);

        ArgumentOutOfRangeException percentage = Assert.Throws<ArgumentOutOfRangeException>(() => migration.Reads.TargetPercentage = 101);
        Assert.Equal(nameof(MigrationReads.TargetPercentage), percentage.ParamName);
        Assert.Contains("Reads.TargetPercentage", percentage.Message, StringComparison.Ordinal);
        Assert.Equal("ShadowPercentage", Assert.Throws<ArgumentOutOfRangeException>(() => migration.Reads.ShadowPercentage = -1).ParamName);
        Assert.Equal("entity", (await Assert.ThrowsAsync<ArgumentNullException>(() => items.InsertAsync(null!, cancellationToken: Token))).ParamName);
        Assert.Equal("entity", (await Assert.ThrowsAsync<ArgumentNullException>(() => items.UpdateAsync(null!, cancellationToken: Token))).ParamName);
        Assert.Equal("entities", (await Assert.ThrowsAsync<ArgumentNullException>(() => items.InsertManyAsync([null!], cancellationToken: Token))).ParamName);
    }

    [Fact]
    public async Task A_backfill_in_another_stage_names_the_migration_and_the_remedy()
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(Engine.Sqlite, server, rows: 1);
        await using Migration migration = databases.Build();
        await migration.StartAsync(Token);

        string message = (await Assert.ThrowsAsync<StageTransitionException>(() => migration.Backfill.StartAsync(Token))).Message;

        Assert.Contains("'items'", message, StringComparison.Ordinal);
        Assert.Contains("Switch to src_first first", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_that_was_not_passed_on_is_the_first_thing_that_a_lock_timeout_asks_for()
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(Engine.Sqlite, server, rows: 1);
        await using Migration migration = databases.Build(options => (options.PauseBudget, options.LockTimeout) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(60)));
        await migration.StartDualAsync();
        ItemRepository items = new(migration);
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync(cancellationToken: Token);
        await items.InsertAsync(new Item { Id = 10, Name = "in the transaction" }, transaction, Token);

        DbMoveException timeout = await Assert.ThrowsAnyAsync<DbMoveException>(() => items.InsertAsync(new Item { Id = 11, Name = "beside it" }, cancellationToken: Token));

        Assert.Contains("pass it to the repository", timeout.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_column_that_may_stay_behind_stands_in_the_refusal()
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(Engine.Sqlite, server, rows: 1);
        await databases.Source.RunAsync("ALTER TABLE item ADD COLUMN note TEXT");
        await using Migration migration = databases.Build(options => options.UnmappedSourceColumns.Add("item.nots"));

        SchemaCheckException refused = await Assert.ThrowsAsync<SchemaCheckException>(() => migration.StartAsync(Token));

        string finding = Assert.Single(refused.Findings);
        Assert.Contains("'note'", finding, StringComparison.Ordinal);
        Assert.Contains("\"item.nots\" names no unmapped column", finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_to_be_none()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("no database at all. ", 100)), Token);
            await using ItemDatabases databases = await ItemDatabases.CreateAsync(Engine.Sqlite, server, rows: 1);
            await using Migration migration = databases.Target.AsTarget(new MigrationBuilder("items").FromSqlite(file)).AddEntity<Item>().Build();

            string message = (await Assert.ThrowsAsync<MigrationConfigurationException>(() => migration.StartAsync(Token))).Message;

            Assert.Contains("the source", message, StringComparison.Ordinal);
            Assert.Contains("not a database", message, StringComparison.Ordinal);
            Assert.DoesNotContain("Check the credentials", message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
