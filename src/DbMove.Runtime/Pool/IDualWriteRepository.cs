namespace DbMove;

/// <summary>
/// The repository of an entity that is a class. Of each entity a partial interface derives from it, such as <c>IOrderRepository</c>, which
/// has the repository's public <see cref="SqlAttribute"/> methods too.
/// </summary>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
public interface IDualWriteRepository<TEntity, in TKey> : IDualWriteRepositoryBase<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
{
    /// <summary>
    /// Updates the row of the entity's key: every column but the key and what the database computes. With concurrency tokens
    /// (<c>[ConcurrencyCheck]</c>, <c>[Timestamp]</c>), if they are still those of the entity. Null in a column of one side (<see cref="SourceOnlyAttribute"/>,
    /// <see cref="TargetOnlyAttribute"/>) leaves what is stored.
    /// </summary>
    /// <param name="entity">The row.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The after-image; null when the key is absent, and then nothing was written.</returns>
    /// <exception cref="ConcurrencyConflictException">The row was changed since the entity was read.</exception>
    Task<TEntity?> UpdateAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Updates a row if its concurrency tokens are still those of the original. A column of one side that has a value in the original and null in
    /// the changed entity is set to null, which <see cref="UpdateAsync"/> cannot do.
    /// </summary>
    /// <param name="original">The entity as it was read.</param>
    /// <param name="changed">The entity to write, of the same key.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The after-image; null when the key is absent, and then nothing was written.</returns>
    /// <exception cref="ConcurrencyConflictException">The row was changed since the original was read.</exception>
    /// <exception cref="ArgumentException">The two have different keys.</exception>
    Task<TEntity?> UpdateFromAsync(TEntity original, TEntity changed, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Updates rows by key in one transaction, with concurrency tokens if they are still those of the entities. Null in a column of one side leaves
    /// what is stored.
    /// </summary>
    /// <param name="entities">The rows.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The after-images in input order; null where the key is absent.</returns>
    /// <exception cref="ConcurrencyConflictException">A row was changed since the entity was read; nothing was written.</exception>
    Task<IReadOnlyList<TEntity?>> UpdateManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The row; null when the key is absent.</returns>
    Task<TEntity?> FindAsync(TKey key, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the rows of several keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The rows in input order; null where the key is absent.</returns>
    Task<IReadOnlyList<TEntity?>> FindManyAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);
}
