using System.Globalization;
using DbMove.BackfillProcess;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.BadInput;

/// <summary>Two databases of one engine with the table <c>item</c>, rows in the source only.</summary>
internal sealed class ItemDatabases : IAsyncDisposable
{
    public const string Rows = "SELECT id, name, amount FROM item ORDER BY id";

    private ItemDatabases(PlainDatabase source, PlainDatabase target) => (Source, Target) = (source, target);

    public PlainDatabase Source { get; }

    public PlainDatabase Target { get; }

    public static async Task<ItemDatabases> CreateAsync(Engine engine, PostgreSqlServer server, int rows = 100)
    {
        ItemDatabases databases = new(await PlainDatabase.CreateAsync(engine, server), await PlainDatabase.CreateAsync(engine, server));
        await databases.Source.RunAsync(Item.Definition);
        await databases.Target.RunAsync(Item.Definition);
        await databases.Source.RunAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO item (id, name, amount) WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < {rows}) SELECT id, 'item ' || id, id % 7 FROM n"));
        return databases;
    }

    public Migration Build(Action<MigrationOptions>? configure = null) => Target.AsTarget(Source.AsSource(new MigrationBuilder("items")))
        .AddEntity<Item>()
        .Configure(MigrationSteps.ForTests)
        .Configure(configure ?? (_ => { }))
        .Build();

    /// <summary>The rows of both sides are the same, by plain SELECT.</summary>
    public async Task<List<string[]>> AssertEqualAsync()
    {
        List<string[]> source = await Source.RowsAsync(Rows);
        Assert.Equal(source, await Target.RowsAsync(Rows));
        return source;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
    }
}
