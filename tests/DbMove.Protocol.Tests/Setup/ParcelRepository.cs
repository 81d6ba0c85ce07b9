namespace DbMove.Protocol.Tests.Setup;

/// <summary>Statements whose parameters and results are stored in another form than they have in code.</summary>
public sealed partial class ParcelRepository
{
    [Sql("UPDATE parcel SET carriage = @to, price = @price, planned = @planned WHERE carriage = @from AND sku = @sku",
        Target = "UPDATE parcel SET way = @to, price = @price, planned = @planned WHERE way = @from AND sku = @sku")]
    public partial Task<IReadOnlyList<Parcel>> RerouteAsync(Sku sku, Carriage from, Carriage to, Carriage? planned, decimal price);

    [Sql("SELECT carriage, price, tracking, sku FROM parcel WHERE id = @id", Target = "SELECT way, price, tracking, sku FROM parcel WHERE id = @id")]
    public partial Task<Label?> FindLabelAsync(ParcelId id);

    [Sql("SELECT price FROM parcel WHERE id = @id")]
    public partial Task<decimal> PriceOfAsync(long id);

    [Sql("UPDATE parcel SET carriage = @to, price = @price WHERE carriage <> @to AND id IN (SELECT parcel_id FROM stop WHERE stop.place = @place)",
        Target = "UPDATE parcel SET way = @to, price = @price WHERE parcel.way <> @to AND id IN (SELECT parcel_id FROM stop WHERE stop.place = @place)")]
    public partial Task<int> RerouteAtAsync(string place, Carriage to, decimal price);

    [Sql("UPDATE parcel SET planned = COALESCE(@planned, planned), deposit = @deposit FROM stop AS s WHERE s.parcel_id = parcel.id AND s.place = @place AND price = @price",
        Target = "UPDATE parcel SET planned = COALESCE(@planned, planned), deposit = @deposit FROM stop AS s WHERE s.parcel_id = parcel.id AND s.place = @place AND price = @price")]
    public partial Task<IReadOnlyList<Parcel>> PlanAtAsync(string place, Carriage? planned, decimal? deposit, decimal price);

    [Sql("INSERT INTO parcel (id, sku, carriage, price) VALUES (@id, @sku, @carriage, @price) ON CONFLICT (id) DO UPDATE SET carriage = @carriage, price = @price WHERE parcel.price <> @price",
        Target = "INSERT INTO parcel (id, sku, way, price) VALUES (@id, @sku, @carriage, @price) ON CONFLICT (id) DO UPDATE SET way = @carriage, price = @price WHERE parcel.price <> @price")]
    public partial Task<int> PutAsync(ParcelId id, Sku sku, Carriage carriage, decimal price);

    [Sql("WITH cheap AS (SELECT id FROM parcel WHERE price < @limit AND carriage = @carriage) DELETE FROM parcel WHERE id IN (SELECT id FROM cheap)",
        Target = "WITH cheap AS (SELECT id FROM parcel WHERE price < @limit AND way = @carriage) DELETE FROM parcel WHERE id IN (SELECT id FROM cheap)")]
    public partial Task<int> DeleteCheapAsync(decimal limit, Carriage carriage);

    [Sql("SELECT MAX(planned) FROM parcel")]
    public partial Task<Carriage?> LastPlannedAsync();
}
