using System.Runtime.CompilerServices;
using DbMove.InMemory;
using DbMove.Mapping;

namespace DbMove;

/// <summary>
/// What the in-memory repositories of classes and structs share. For unit tests: rows are kept as the generated map stores them, so every
/// entity that comes back is a copy, converters, enums by name and concurrency tokens included. Keys that the database makes are numbered,
/// <c>[Timestamp]</c> is counted up, computed columns and defaults stay as given, columns of one side stay as stored where the entity says null (and the original, if there is one, does too),
/// and those of the other side than <see cref="InMemoryDatabase.Authority"/> are null; constraints other than the key are not checked.
/// </summary>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <typeparam name="TMap">Its generated map.</typeparam>
public abstract class InMemoryRepositoryBase<TEntity, TKey, TMap> : IDualWriteRepositoryBase<TEntity, TKey>
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    /// <summary>Makes the repository.</summary>
    /// <param name="database">Where the rows are; null: in a database of its own.</param>
    private protected InMemoryRepositoryBase(InMemoryDatabase? database) => Database = database ?? new InMemoryDatabase();

    /// <summary>Where the rows are, and where transactions begin.</summary>
    public InMemoryDatabase Database { get; }

    /// <summary>Copies of all committed rows, in key order: what a test looks at.</summary>
    public IReadOnlyList<TEntity> Rows => RowsIn(null);

    /// <inheritdoc/>
    public Task<TEntity> InsertAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => Require(entity), rows => rows.Insert(entity), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> InsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(entities, static (rows, entity) => rows.Insert(entity), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity> UpsertAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => Require(entity), rows => rows.Upsert(entity), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> UpsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(entities, static (rows, entity) => rows.Upsert(entity), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(TKey key, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => Require(key), rows => rows.Delete(key), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<bool>> DeleteManyAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(keys, static (rows, key) => rows.Delete(key), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteUnchangedAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => Require(entity), rows => rows.DeleteUnchanged(entity), transaction, cancellationToken);

    /// <summary>Copies of all rows in key order, as a transaction sees them: what an override of a <see cref="SqlAttribute"/> method works on.</summary>
    /// <param name="transaction">The transaction; null: what is committed.</param>
    protected IReadOnlyList<TEntity> RowsIn(DualWriteTransaction? transaction) => On(WorkOf(transaction) ?? new InMemoryWork(Database)).ToList();

    private protected static void Require<TInput>(TInput input, [CallerArgumentExpression(nameof(input))] string? name = null) =>
        ArgumentNullException.ThrowIfNull(input, name);

    private protected static void RequireSameKey(TEntity original, TEntity changed)
    {
        Require(original);
        Require(changed);
        if (TMap.CompareKeys(TMap.GetKey(original), TMap.GetKey(changed)) != 0)
        {
            throw new ArgumentException("The changed entity has another key than the original.", nameof(changed));
        }
    }

    /// <summary>Runs in the transaction, which ends with what fails, or at once in one of its own. What the check refuses was never begun.</summary>
    private protected Task<TResult> RunAsync<TResult>(
        Action check, Func<InMemoryRows<TEntity, TKey, TMap>, TResult> run, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        try
        {
            check();
            if (WorkOf(transaction) is { } work)
            {
                return Task.FromResult(transaction!.RunInMemory(() =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return run(On(work));
                }));
            }

            cancellationToken.ThrowIfCancellationRequested();
            while (true)
            {
                InMemoryWork own = new(Database);
                TResult result = run(On(own));
                if (own.TryCommit())
                {
                    return Task.FromResult(result);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // In the task, where the real repository's failures are: a caller may look at it later than at the call.
            return Task.FromException<TResult>(exception);
        }
    }

    private protected Task<IReadOnlyList<TResult>> RunManyAsync<TInput, TResult>(
        IReadOnlyList<TInput> inputs, Func<InMemoryRows<TEntity, TKey, TMap>, TInput, TResult> run, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        return RunAsync(Check, rows => (IReadOnlyList<TResult>)[.. inputs.Select(input => run(rows, input))], transaction, cancellationToken);

        void Check()
        {
            Require(inputs);
            foreach (TInput input in inputs)
            {
                Require(input, nameof(inputs));
            }
        }
    }

    private static InMemoryRows<TEntity, TKey, TMap> On(InMemoryWork work) => new(work);

    private InMemoryWork? WorkOf(DualWriteTransaction? transaction) => transaction is null ? null
        : transaction.Memory is { } work && ReferenceEquals(work.Database, Database) ? work
        : throw new ArgumentException("The transaction is not one of this repository's InMemoryDatabase: begin it there, and give the database to every repository of the test.", nameof(transaction));
}
