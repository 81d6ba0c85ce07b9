namespace DbMove.Protocol.Tests.Setup;

/// <summary>Statements on an entity that is a record struct.</summary>
public sealed partial class GaugeRepository
{
    [Sql("""UPDATE "Gauge" SET "Value" = "Value" * @by, "Note" = @note WHERE "Id" <= @last""")]
    public partial Task<IReadOnlyList<Gauge>> ScaleAsync(long last, double by, string? note);

    [Sql("""INSERT INTO "Gauge" ("Id", "Value") VALUES (@id, @value) ON CONFLICT ("Id") DO UPDATE SET "Value" = @value""")]
    public partial Task<Gauge> PutAsync(long id, double value);

    [Sql("""DELETE FROM "Gauge" WHERE "Id" = @id""")]
    public partial Task<Gauge?> TakeAsync(long id);

    [Sql("""SELECT * FROM "Gauge" WHERE "Id" = @id""")]
    public partial Task<Gauge?> FindOneAsync(long id);

    [Sql("""SELECT * FROM "Gauge" WHERE "Id" = @id""")]
    public partial ValueTask<Gauge> GetAsync(long id);

    [Sql("""SELECT * FROM "Gauge" ORDER BY "Id" DESC""")]
    public partial Task<IReadOnlyList<Gauge>> ListAsync();
}
