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
}
