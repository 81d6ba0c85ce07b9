using DbMove;
using Quickstart.Databases;
using Quickstart.Events;

namespace Quickstart.Shop;

/// <summary>The migration: two sides, three entities, and what a demonstration wants otherwise than a service.</summary>
internal static class ShopMigration
{
    public const string Name = "shop";

    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    public static Migration Build(ShopDatabase source, ShopDatabase target, EventServer? events)
    {
        // In an application: new MigrationBuilder("shop").FromSqlite("shop.db").ToPostgreSql(connectionString).AddQuickstartEntities().Build()
        MigrationBuilder builder = new(Name);
        source.AddTo(builder);
        target.AddTo(builder);
        events?.AddTo(builder);
        return builder
            .AddQuickstartEntities()
            .Configure(options => options.PollInterval = PollInterval)
            .Build();
    }
}
