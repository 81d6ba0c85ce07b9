using System.Globalization;
using DbMove;
using DbMove.BackfillProcess;

// Usage: DbMove.BackfillProcess sqlite|postgresql SOURCE TARGET ROWS_PER_SECOND
// Starts the migration "items", enters the dual stage and copies slowly, until it is killed.
if (args is not [string engine, string source, string target, string rate])
{
    Console.Error.WriteLine("usage: DbMove.BackfillProcess sqlite|postgresql SOURCE TARGET ROWS_PER_SECOND");
    return 2;
}

MigrationBuilder builder = new("items");
builder = engine == "sqlite" ? builder.FromSqlite(source).ToSqlite(target) : builder.FromPostgreSql(source).ToPostgreSql(target);
await using Migration migration = builder.AddEntity<Item>().Configure(options =>
{
    options.RequireDurableServers = false;
    options.PollInterval = TimeSpan.FromMilliseconds(100);
    options.Gate.MinimumTimeInStage = TimeSpan.Zero;
    options.Backfill.Workers = 1;
    options.Backfill.InitialChunk = 50;
    options.Backfill.MaximumChunk = 50;
    options.Backfill.ClaimLease = TimeSpan.FromSeconds(1);
    options.Backfill.RowsPerSecond = int.Parse(rate, CultureInfo.InvariantCulture);
}).Build();
await migration.StartAsync();
await migration.SwitchAsync(Stage.SourceOnly);

// The gate is closed until every instance has had time to see the stage.
while (!(await migration.CheckGateAsync(Stage.SourceFirst)).IsOpen)
{
    await Task.Delay(10);
}

await migration.SwitchAsync(Stage.SourceFirst);
await migration.Backfill.StartAsync();
BackfillReport report = await migration.Backfill.WaitAsync();
Console.WriteLine(report.State);
return 0;
