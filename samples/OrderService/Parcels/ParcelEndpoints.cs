using Microsoft.AspNetCore.Http.HttpResults;

namespace OrderService.Parcels;

/// <summary>Parcels over HTTP.</summary>
internal static class ParcelEndpoints
{
    public static void MapParcels(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder parcels = app.MapGroup("/parcels");
        parcels.MapGet("/{id:guid}", FindAsync);
        parcels.MapPut("/{id:guid}", PutAsync);
        parcels.MapDelete("/{id:guid}", DeleteAsync);
    }

    private static async Task<Results<Ok<Parcel>, NotFound>> FindAsync(Guid id, ParcelDepot depot, CancellationToken cancellationToken) =>
        await depot.FindAsync(id, cancellationToken) is { } parcel ? TypedResults.Ok(parcel) : TypedResults.NotFound();

    private static async Task<Ok<Parcel>> PutAsync(Guid id, ParcelRequest request, ParcelDepot depot, CancellationToken cancellationToken) =>
        TypedResults.Ok(await depot.PutAsync(request.ToParcel(id), cancellationToken));

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Guid id, ParcelDepot depot, CancellationToken cancellationToken) =>
        await depot.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();
}
