using System.Diagnostics.CodeAnalysis;
using DbMove.Mapping;

namespace DbMove;

/// <summary>What the generated repository of an entity that is a class derives from.</summary>
/// <param name="migration">The migration that it writes through.</param>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <typeparam name="TMap">Its generated map.</typeparam>
/// <exception cref="MigrationConfigurationException">The entity was not added to the migration.</exception>
[method: SuppressMessage("ApiDesign", "RS0022:Constructor make noninheritable base class inheritable", Justification = "The base is what the two repositories share, closed to others; it has no protected member.")]
public abstract class DualWriteRepository<TEntity, TKey, TMap>(Migration migration) : DualWriteRepositoryBase<TEntity, TKey, TMap>(migration)
    where TEntity : class
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    /// <summary>Updates the row of the entity's key: every column but the key and what the database computes.</summary>
    /// <returns>The after-image; null when the key is absent, and then nothing was written.</returns>
    public async Task<TEntity?> UpdateAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        (await UpdateRowsAsync(One(entity), transaction, cancellationToken).ConfigureAwait(false))[0]?.Image;

    /// <summary>Updates rows by key in one transaction.</summary>
    /// <returns>The after-images in input order; null where the key is absent.</returns>
    public async Task<IReadOnlyList<TEntity?>> UpdateManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        [.. (await UpdateRowsAsync(entities, transaction, cancellationToken).ConfigureAwait(false)).Select(static row => row?.Image)];

    /// <summary>Reads the row of a key from the authority, or from the target where the read ramp says so; never an older one than the authority's.</summary>
    /// <returns>The row; null when the key is absent.</returns>
    public async Task<TEntity?> FindAsync(TKey key, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        (await FindRowsAsync([key], transaction, cancellationToken).ConfigureAwait(false))[0] is { Found: true, Row: var row } ? row : null;

    /// <summary>Reads the rows of several keys from the authority, or from the target where the read ramp says so; never older ones than the authority's.</summary>
    /// <returns>The rows in input order; null where the key is absent.</returns>
    public async Task<IReadOnlyList<TEntity?>> FindManyAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        [.. (await FindRowsAsync(keys, transaction, cancellationToken).ConfigureAwait(false)).Select(static found => found.Found ? found.Row : null)];
}
