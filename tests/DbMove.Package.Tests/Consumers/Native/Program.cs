using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

await using Migration migration = new MigrationBuilder("parcels")
    .FromSqlite(args[0]).ToSqlite(args[1])
    .AddEntity<Parcel>()
    .Configure(options => options.PollInterval = TimeSpan.FromMilliseconds(100))
    .Build();
await migration.StartAsync();
SwitchOptions wait = new() { WaitForGate = TimeSpan.FromSeconds(30) };
await migration.SwitchAsync(Stage.SourceOnly, wait);
await migration.SwitchAsync(Stage.SourceFirst, wait);
Parcel parcel = await new ParcelRepository(migration).InsertAsync(new Parcel(7, "written while moving"));
await migration.Backfill.StartAsync();
await migration.Backfill.WaitAsync();
await migration.Validation.StartFullAsync();
ValidationReport report = await migration.Validation.WaitFullAsync();
Console.WriteLine($"clean={report.IsClean} parcel={parcel.Note} dapper={Dapper.SqlMapper.Execute("VACUUM")}");

/// <summary>A parcel.</summary>
[Migratable, Table("parcels")]
internal sealed partial record Parcel([property: Column("id")] long Id, [property: Column("note")] string? Note);
