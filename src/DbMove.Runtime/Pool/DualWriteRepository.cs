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
public abstract class DualWriteRepository<TEntity, TKey, TMap>(Migration migration) : DualWriteRepositoryBase<TEntity, TKey, TMap>(migration), IDualWriteRepository<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    /// <summary>
    /// Updates the row of the entity's key: every column but the key and what the database computes. With concurrency tokens
    /// (<c>[ConcurrencyCheck]</c>, <c>[Timestamp]</c>), if they are still those of the entity. Null in a column of one side
    /// (<see cref="SourceOnlyAttribute"/>, <see cref="TargetOnlyAttribute"/>) leaves what is stored.
    /// </summary>
    /// <returns>The after-image; null when the key is absent, and then nothing was written.</returns>
    /// <exception cref="ConcurrencyConflictException">The row was changed since the entity was read.</exception>
    public async Task<TEntity?> UpdateAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        (await UpdateRowsAsync(One(entity), transaction, cancellationToken).ConfigureAwait(false))[0]?.Image;

    /// <summary>
    /// Updates a row if its concurrency tokens are still those of the original: so tokens that the application sets can be changed. A column of one side
    /// that has a value in the original and null in the changed entity is set to null, which <see cref="UpdateAsync"/> cannot do.
    /// </summary>
    /// <param name="original">The entity as it was read.</param>
    /// <param name="changed">The entity to write, of the same key.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The after-image; null when the key is absent, and then nothing was written.</returns>
    /// <exception cref="ConcurrencyConflictException">The row was changed since the original was read.</exception>
    /// <exception cref="ArgumentException">The two have different keys.</exception>
    public async Task<TEntity?> UpdateFromAsync(TEntity original, TEntity changed, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        (await UpdateFromOriginalAsync(original, changed, transaction, cancellationToken).ConfigureAwait(false))[0]?.Image;

    /// <summary>
    /// Updates rows by key in one transaction, with concurrency tokens if they are still those of the entities. Null in a column of one side leaves what is stored.
    /// </summary>
    /// <returns>The after-images in input order; null where the key is absent.</returns>
    /// <exception cref="ConcurrencyConflictException">A row was changed since the entity was read; nothing was written.</exception>
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
