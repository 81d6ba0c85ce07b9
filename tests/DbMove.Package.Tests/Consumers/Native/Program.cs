using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

await using Migration migration = new MigrationBuilder("parcels")
    .FromSqlite(args[0]).ToSqlite(args[1])
    .AddEntity<Parcel>()
    .AddEntity<Crate>()
    .Configure(options => options.PollInterval = TimeSpan.FromMilliseconds(100))
    .Build();
await migration.StartAsync();
SwitchOptions wait = new() { WaitForGate = TimeSpan.FromSeconds(30) };
await migration.SwitchAsync(Stage.SourceOnly, wait);
await migration.SwitchAsync(Stage.SourceFirst, wait);
Parcel parcel = await new ParcelRepository(migration).InsertAsync(new Parcel(7, "written while moving"));
Crate crate = new()
{
    Id = new CrateId(3), Wood = Wood.Pine, Lid = Wood.Oak, Weight = 1.5m, Place = new Place("east", 4), Marks = ["up", "glass"], Sizes = [1, 2], Owner = "a", Remark = "r",
    Tilt = 0.5, SeenAt = DateTimeOffset.UnixEpoch, Settings = "{}", OldCode = "old",
};
CrateRepository crates = new(migration);
crate = await crates.InsertAsync(crate);
crate = (await crates.UpdateAsync(crate with { Remark = "s" }))!;
int given = await crates.GiveAsync(crate.Id, "b");
bool isStale = false;
try
{
    await crates.UpdateAsync(crate);
}
catch (ConcurrencyConflictException)
{
    isStale = true;
}

List<long> ids = [];
await foreach (CrateId id in crates.StreamAsync(Wood.Pine))
{
    ids.Add(id.Value);
}

WoodWeight woods = (await crates.CountAsync())[^1];
Crate found = (await crates.FindAsync(crate.Id))!;
Crate doubled = await new InMemoryCrateRepository().InsertAsync(crate with { Version = 0 });
string[] forms =
[
    $"given={given} stale={isStale} ids={string.Join(',', ids)} woods={woods.Wood}:{woods.Crates}",
    $"place={found.Place} marks={string.Join('+', found.Marks)} sizes={string.Join('+', found.Sizes!)} version={found.Version} code={found.OldCode}",
    $"differs={CrateComparer.FindDifferences(crate, found).Count} hash={CrateComparer.ComputeHash(found) == CrateComparer.ComputeHash(found with { Owner = " B " })} double={doubled.Version}",
];
await migration.Backfill.StartAsync();
await migration.Backfill.WaitAsync();
await migration.Validation.StartFullAsync();
ValidationReport report = await migration.Validation.WaitFullAsync();
Console.WriteLine($"clean={report.IsClean} parcel={parcel.Note} dapper={Dapper.SqlMapper.Execute("VACUUM")}");
Console.WriteLine(string.Join(Environment.NewLine, forms));

/// <summary>A parcel.</summary>
[Migratable, Table("parcels")]
internal sealed partial record Parcel([property: Column("id")] long Id, [property: Column("note")] string? Note);
