using DbMove;
using Microsoft.Data.Sqlite;
using Shop.Domain;

TimeSpan poll = TimeSpan.FromMilliseconds(100);
await using Migration migration = new MigrationBuilder("shop")
    .FromSqlite(args[0]).ToSqlite(args[1])
    .AddShopDomainEntities()
    .Configure(options => options.PollInterval = poll)
    .Build();
await migration.StartAsync();

SwitchOptions wait = new() { WaitForGate = TimeSpan.FromSeconds(30) };
await migration.SwitchAsync(Stage.SourceOnly, wait);
await migration.SwitchAsync(Stage.SourceFirst, wait);
OrderRepository orders = new(migration);
Order stored = await orders.InsertAsync(new Order { Customer = "written while moving", Total = 12.50m });
await migration.Backfill.StartAsync();
await migration.Backfill.WaitAsync();
ValidationReport report;
do
{
    await migration.Validation.StartFullAsync();
    report = await migration.Validation.WaitFullAsync();
}
while (!report.IsClean);

await migration.SwitchAsync(Stage.TargetFirst, wait);
Order? found = await orders.FindAsync(stored.Id);
Console.WriteLine($"clean={report.IsClean} found={found == stored} stage={(await migration.ReadStageAsync()).Stage}");

// Past DbMove, which moves the table: the build warns, here where no row is hit.
await using SqliteConnection past = new($"Data Source={args[0]};Pooling=False");
await past.OpenAsync();
await using SqliteCommand command = new("UPDATE orders SET total = 0 WHERE id < 0", past);
await command.ExecuteNonQueryAsync();
