using System.Diagnostics.CodeAnalysis;
using DbMove.Mapping;

namespace DbMove;

/// <summary>What the generated in-memory repository of an entity that is a class derives from: for unit tests, see <see cref="InMemoryRepositoryBase{TEntity, TKey, TMap}"/>.</summary>
/// <param name="database">Where the rows are; null: in a database of its own.</param>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <typeparam name="TMap">Its generated map.</typeparam>
[method: SuppressMessage("ApiDesign", "RS0022:Constructor make noninheritable base class inheritable", Justification = "The base is what the two repositories share, closed to others.")]
public abstract class InMemoryRepository<TEntity, TKey, TMap>(InMemoryDatabase? database) : InMemoryRepositoryBase<TEntity, TKey, TMap>(database), IDualWriteRepository<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    /// <inheritdoc/>
    public Task<TEntity?> UpdateAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => Require(entity), rows => rows.TryUpdate(entity, entity, out TEntity image) ? image : null, transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity?> UpdateFromAsync(TEntity original, TEntity changed, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => RequireSameKey(original, changed), rows => rows.TryUpdate(original, changed, out TEntity image) ? image : null, transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity?>> UpdateManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(entities, static (rows, entity) => rows.TryUpdate(entity, entity, out TEntity image) ? image : null, transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity?> FindAsync(TKey key, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => Require(key), rows => rows.TryFind(key, out TEntity found) ? found : null, transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity?>> FindManyAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(keys, static (rows, key) => rows.TryFind(key, out TEntity found) ? found : null, transaction, cancellationToken);
}
