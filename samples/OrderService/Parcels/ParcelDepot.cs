namespace OrderService.Parcels;

/// <summary>
/// Every parcel, through its generated repository. A handler cannot take the repository itself: the generator that compiles
/// handlers for Native AOT does not see what another generator makes of the same project.
/// </summary>
internal sealed class ParcelDepot(ParcelRepository parcels)
{
    /// <returns>Null: there is no such parcel.</returns>
    public Task<Parcel?> FindAsync(Guid id, CancellationToken cancellationToken) => parcels.FindAsync(id, cancellationToken: cancellationToken);

    /// <summary>Inserts a parcel, or updates the one with its key.</summary>
    public Task<Parcel> PutAsync(Parcel parcel, CancellationToken cancellationToken) => parcels.UpsertAsync(parcel, cancellationToken: cancellationToken);

    /// <returns>False: there is no such parcel.</returns>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => parcels.DeleteAsync(id, cancellationToken: cancellationToken);
}
