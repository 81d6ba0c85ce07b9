namespace DbMove;

/// <summary>
/// The operations of a repository that do not depend on whether the entity is a class or a struct: what services depend on where their
/// tests have no database. Implemented by the generated repository and by its in-memory double.
/// </summary>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
public interface IDualWriteRepositoryBase<TEntity, in TKey>
    where TEntity : notnull
    where TKey : notnull
{
    /// <summary>Inserts a row; the database makes the values of generated columns.</summary>
    /// <param name="entity">The row.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The after-image: the row as it is stored.</returns>
    Task<TEntity> InsertAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Inserts rows in one transaction.</summary>
    /// <param name="entities">The rows.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The after-images, in input order.</returns>
    Task<IReadOnlyList<TEntity>> InsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Inserts a row with the key it has, or updates the row of that key. Null in a column of one side (<see cref="SourceOnlyAttribute"/>,
    /// <see cref="TargetOnlyAttribute"/>) is the column's default in a new row, and leaves what is stored in one that is there.
    /// </summary>
    /// <param name="entity">The row.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The after-image.</returns>
    /// <exception cref="ConcurrencyConflictException">The row was changed, or made, since the entity was read.</exception>
    Task<TEntity> UpsertAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Inserts or updates rows in one transaction, each as <see cref="UpsertAsync"/> does.</summary>
    /// <param name="entities">The rows.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The after-images, in input order.</returns>
    /// <exception cref="ConcurrencyConflictException">A row was changed, or made, since the entity was read; nothing was written.</exception>
    Task<IReadOnlyList<TEntity>> UpsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes the row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(TKey key, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes the rows of several keys in one transaction.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether there was one, in input order.</returns>
    Task<IReadOnlyList<bool>> DeleteManyAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes the row of the entity's key if its concurrency tokens are still those of the entity; without tokens, by key.</summary>
    /// <param name="entity">The entity as it was read.</param>
    /// <param name="transaction">The transaction to take part in; null: one of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ConcurrencyConflictException">The row was changed since the entity was read.</exception>
    Task<bool> DeleteUnchangedAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);
}
