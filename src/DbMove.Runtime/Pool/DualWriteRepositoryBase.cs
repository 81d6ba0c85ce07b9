using DbMove.Dialects;
using DbMove.InMemory;
using DbMove.Mapping;
using DbMove.Pool;

namespace DbMove;

/// <summary>
/// The dual-write operations that do not depend on whether the entity is a class or a struct. Stateless and thread-safe. Writes never
/// change their argument; what the database made of it is in the after-image that they return.
/// </summary>
/// <remarks>
/// Without a transaction each call is one of its own. Every write may throw <see cref="WriteFailedException"/> (nothing was
/// committed), <see cref="DatabaseUnavailableException"/> (nothing was committed), <see cref="StageUnknownException"/> and
/// <see cref="CommitOutcomeUnknownException"/>; in strict mode also <see cref="FollowerWriteException"/>.
/// </remarks>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <typeparam name="TMap">Its generated map.</typeparam>
public abstract class DualWriteRepositoryBase<TEntity, TKey, TMap> : IDualWriteRepositoryBase<TEntity, TKey>
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private readonly EntityBinding<TEntity, TKey, TMap> _binding;

    /// <summary>Makes the repository of a migration.</summary>
    /// <exception cref="MigrationConfigurationException">The entity was not added to the migration.</exception>
    private protected DualWriteRepositoryBase(Migration migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        Migration = migration;
        _binding = migration.BindingOf<TEntity, TKey, TMap>();
    }

    /// <summary>The migration that this repository writes through.</summary>
    public Migration Migration { get; }

    internal EntityBinding<TEntity, TKey, TMap> Binding => _binding;

    /// <summary>Inserts a row; the database makes the values of generated columns.</summary>
    /// <returns>The after-image: the row as the authority holds it.</returns>
    public async Task<TEntity> InsertAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        (await WriteAsync(One(entity), static (store, session, guard, rows, token) => store.InsertAsync(session, guard, rows, token), transaction, cancellationToken).ConfigureAwait(false))[0]!.Value.Image;

    /// <summary>Inserts rows in one transaction.</summary>
    /// <returns>The after-images, in input order.</returns>
    public async Task<IReadOnlyList<TEntity>> InsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        Images(await WriteAsync(entities, static (store, session, guard, rows, token) => store.InsertAsync(session, guard, rows, token), transaction, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Inserts a row with the key it has, or updates the row of that key, if its concurrency tokens are still those of the entity. Null in a column of one
    /// side is the column's default in a new row, and leaves what is stored in one that is there.
    /// </summary>
    /// <returns>The after-image.</returns>
    /// <exception cref="ConcurrencyConflictException">The row was changed since the entity was read.</exception>
    public async Task<TEntity> UpsertAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        (await UpsertRowsAsync(One(entity), transaction, cancellationToken).ConfigureAwait(false))[0]!.Value.Image;

    /// <summary>Inserts or updates rows in one transaction, each as <see cref="UpsertAsync"/> does, if their concurrency tokens are still those of the entities.</summary>
    /// <returns>The after-images, in input order.</returns>
    /// <exception cref="ConcurrencyConflictException">A row was changed since the entity was read; nothing was written.</exception>
    public async Task<IReadOnlyList<TEntity>> UpsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        Images(await UpsertRowsAsync(entities, transaction, cancellationToken).ConfigureAwait(false));

    /// <summary>Deletes the row of a key, whatever its concurrency tokens.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(TKey key, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        (await DeleteRowsAsync([key], transaction, cancellationToken).ConfigureAwait(false))[0] is not null;

    /// <summary>Deletes the rows of several keys in one transaction.</summary>
    /// <returns>Whether there was one, in input order.</returns>
    public async Task<IReadOnlyList<bool>> DeleteManyAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        [.. (await DeleteRowsAsync(keys, transaction, cancellationToken).ConfigureAwait(false)).Select(row => row is not null)];

    /// <summary>
    /// Deletes the row of the entity's key if its concurrency tokens (<c>[ConcurrencyCheck]</c>, <c>[Timestamp]</c>) are still those of
    /// the entity. Without tokens it deletes by key.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ConcurrencyConflictException">The row was changed since the entity was read.</exception>
    public async Task<bool> DeleteUnchangedAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        TEntity[] rows = One(entity);
        IReadOnlyList<WrittenRow<TEntity>?> gone = TMap.HasConcurrencyTokens
            ? await RunAsync(1, isDelete: true, (store, session, guard, token) => new CheckedWrite<TEntity, TKey, TMap>(store, session, guard, rows).DeleteAsync(token), transaction, cancellationToken).ConfigureAwait(false)
            : await DeleteRowsAsync([TMap.GetKey(entity)], transaction, cancellationToken).ConfigureAwait(false);
        return gone[0] is not null;
    }

    /// <summary>Updates by key; an element is null where the key is absent.</summary>
    private protected Task<IReadOnlyList<WrittenRow<TEntity>?>> UpdateRowsAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction, CancellationToken cancellationToken) => TMap.HasConcurrencyTokens
        ? WriteAsync(entities, static (store, session, guard, rows, token) => new CheckedWrite<TEntity, TKey, TMap>(store, session, guard, rows).UpdateAsync(rows, token), transaction, cancellationToken)
        : WriteAsync(entities, static (store, session, guard, rows, token) => store.UpdateAsync(session, guard, rows, token), transaction, cancellationToken);

    /// <summary>The changed entity and its original, of one key: the row is written where the concurrency tokens are those of the original.</summary>
    private protected Task<IReadOnlyList<WrittenRow<TEntity>?>> UpdateFromOriginalAsync(TEntity original, TEntity changed, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        TEntity[] originals = One(original);
        TEntity[] entities = One(changed);
        if (TMap.CompareKeys(TMap.GetKey(original), TMap.GetKey(changed)) != 0)
        {
            throw new ArgumentException("The changed entity has another key than the original. A key is never updated: insert the one and delete the other.", nameof(changed));
        }

        int[] cleared = Cleared(original, changed);
        return TMap.HasConcurrencyTokens
            ? WriteAsync(
                entities,
                (store, session, guard, rows, token) => new CheckedWrite<TEntity, TKey, TMap>(store, session, guard, originals).UpdateAsync(
                    rows, (own, checks, present, cancel) => UpdateAsync(store, own, checks, present, cleared, cancel), token),
                transaction,
                cancellationToken)
            : WriteAsync(entities, (store, session, guard, rows, token) => UpdateAsync(store, session, guard, rows, cleared, token), transaction, cancellationToken);
    }

    /// <summary>Finds by key, in input order. A key is the same when its text is: times are cut to what is stored.</summary>
    private protected async Task<IReadOnlyList<(bool Found, TEntity? Row)>> FindRowsAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        TKey[] distinct = [.. keys.DistinctBy(TMap.FormatKey)];
        if (distinct.Length == 0)
        {
            return [];
        }

        List<TEntity> rows = CheckTransaction(transaction) is { } joined
            ? await joined.FindAsync(_binding, distinct, cancellationToken).ConfigureAwait(false)
            : await Migration.Reads.Router.FindAsync(_binding, distinct, cancellationToken).ConfigureAwait(false);
        Dictionary<string, TEntity> byText = rows.ToDictionary(row => TMap.FormatKey(TMap.GetKey(row)), StringComparer.Ordinal);
        return [.. keys.Select(key => (byText.TryGetValue(TMap.FormatKey(key), out TEntity? row), row))];
    }

    private Task<IReadOnlyList<WrittenRow<TEntity>?>> UpsertRowsAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction, CancellationToken cancellationToken) => TMap.HasConcurrencyTokens
        ? WriteAsync(entities, static (store, session, guard, rows, token) => new CheckedWrite<TEntity, TKey, TMap>(store, session, guard, rows).UpsertAsync(token), transaction, cancellationToken)
        : WriteAsync(entities, static (store, session, guard, rows, token) => store.UpsertAsync(session, guard, rows, token), transaction, cancellationToken);

    private Task<IReadOnlyList<WrittenRow<TEntity>?>> DeleteRowsAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return RunAsync(keys.Count, isDelete: true, (store, session, guard, token) => store.DeleteAsync(session, guard, keys, token), transaction, cancellationToken);
    }

    private Task<IReadOnlyList<WrittenRow<TEntity>?>> WriteAsync(
        IReadOnlyList<TEntity> entities,
        Func<IEntityStore<TEntity, TKey>, SideSession, WriteGuard, IReadOnlyList<TEntity>, CancellationToken, Task<WriteResult<TEntity>>> write,
        DualWriteTransaction? transaction,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entities);
        foreach (TEntity entity in entities)
        {
            ArgumentNullException.ThrowIfNull(entity, nameof(entities));
        }

        return RunAsync(entities.Count, isDelete: false, (store, session, guard, token) => write(store, session, guard, entities, token), transaction, cancellationToken);
    }

    private Task<IReadOnlyList<WrittenRow<TEntity>?>> RunAsync(
        int count,
        bool isDelete,
        Func<IEntityStore<TEntity, TKey>, SideSession, WriteGuard, CancellationToken, Task<WriteResult<TEntity>>> write,
        DualWriteTransaction? transaction,
        CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return Task.FromResult<IReadOnlyList<WrittenRow<TEntity>?>>([]);
        }

        return CheckTransaction(transaction) is { } joined
            ? joined.WriteAsync(_binding, isDelete, write, cancellationToken)
            : Migration.Pool.WriteAsync(_binding, isDelete, write, cancellationToken);
    }

    // Null in a column of one side means that its value is not known, but for a caller who knew it.
    private static int[] Cleared(TEntity original, TEntity changed) =>
        [.. TMap.Descriptor.Columns.Where(column => column.OnlyOn is not null && IsNull(changed, column.Ordinal) && !IsNull(original, column.Ordinal)).Select(column => column.Ordinal)];

    private static bool IsNull(TEntity entity, int ordinal)
    {
        InMemorySink sink = default;
        TMap.WriteColumn(entity, ordinal, ref sink);
        return sink.Value is null;
    }

    private static Task<WriteResult<TEntity>> UpdateAsync(
        IEntityStore<TEntity, TKey> store, SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, int[] cleared, CancellationToken cancellationToken) => cleared.Length > 0
        ? store.UpdateAsync(session, guard, rows, cleared, cancellationToken)
        : store.UpdateAsync(session, guard, rows, cancellationToken);

    internal DualWriteTransaction? CheckTransaction(DualWriteTransaction? transaction) =>
        transaction is null || ReferenceEquals(transaction.Pool, Migration.Pool)
            ? transaction
            : transaction.Memory is not null
            ? throw new ArgumentException("The transaction is one of an InMemoryDatabase, and this repository is a migration's.", nameof(transaction))
            : throw new ArgumentException(
                $"The transaction belongs to migration '{transaction.Pool.Context.Name}', and this repository to '{Migration.Name}'. Begin it with this migration's BeginTransactionAsync.", nameof(transaction));

    private protected static TEntity[] One(TEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return [entity];
    }

    private static List<TEntity> Images(IReadOnlyList<WrittenRow<TEntity>?> rows) => [.. rows.Select(row => row!.Value.Image)];
}
