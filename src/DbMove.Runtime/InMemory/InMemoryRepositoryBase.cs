using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using DbMove.Dialects;
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
    private static readonly Comparer<TKey> s_order = Comparer<TKey>.Create(TMap.CompareKeys);

    /// <summary>Makes the repository.</summary>
    /// <param name="database">Where the rows are; null: in a database of its own.</param>
    private protected InMemoryRepositoryBase(InMemoryDatabase? database) => Database = database ?? new InMemoryDatabase();

    /// <summary>Where the rows are, and where transactions begin.</summary>
    public InMemoryDatabase Database { get; }

    /// <summary>Copies of all committed rows, in key order: what a test looks at.</summary>
    public IReadOnlyList<TEntity> Rows => RowsIn(null);

    /// <inheritdoc/>
    public Task<TEntity> InsertAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => Require(entity), work => Insert(work, entity), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> InsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(entities, Insert, transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity> UpsertAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => Require(entity), work => Upsert(work, entity), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> UpsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(entities, Upsert, transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(TKey key, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(() => Require(key), work => Delete(work, key), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<bool>> DeleteManyAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(keys, Delete, transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteUnchangedAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(
            () => Require(entity),
            work =>
            {
                TKey key = TMap.GetKey(entity);
                if (Table(work).Rows.GetValueOrDefault(key) is { } row)
                {
                    RequireSame(work, entity, row);
                }

                return Delete(work, key);
            },
            transaction,
            cancellationToken);

    /// <summary>Copies of all rows in key order, as a transaction sees them: what an override of a <see cref="SqlAttribute"/> method works on.</summary>
    /// <param name="transaction">The transaction; null: what is committed.</param>
    protected IReadOnlyList<TEntity> RowsIn(DualWriteTransaction? transaction)
    {
        InMemoryWork work = WorkOf(transaction) ?? new InMemoryWork(Database);
        return [.. Table(work).Rows.Values.Select(row => ToEntity(work, row))];
    }

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

    /// <summary>Updates a row; false: there is none.</summary>
    private protected bool TryUpdate(InMemoryWork work, TEntity original, TEntity changed, out TEntity image)
    {
        TKey key = TMap.GetKey(changed);
        image = changed;
        InMemoryTable<TKey> table = Table(work);
        if (table.Rows.GetValueOrDefault(key) is not { } stored)
        {
            return false;
        }

        RequireSame(work, original, stored);
        object?[] row = ToRow(work, changed);
        object?[] known = ToRow(work, original);
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns)
        {
            row[column.Ordinal] = column.Generated == GeneratedValue.Computed ? stored[column.Ordinal]
                : column.IsRowVersion ? CountUp(column, stored[column.Ordinal])
                : column.OnlyOn is null ? row[column.Ordinal]
                : row[column.Ordinal] ?? (known[column.Ordinal] is null ? stored[column.Ordinal] : null);
        }

        work.Set(typeof(TMap), new InMemoryTable<TKey>(table.Rows.SetItem(key, row)));
        image = ToEntity(work, row);
        return true;
    }

    private protected static bool TryFind(InMemoryWork work, TKey key, out TEntity found)
    {
        bool isThere = Table(work).Rows.TryGetValue(key, out object?[]? row);
        found = isThere ? ToEntity(work, row!) : default!;
        return isThere;
    }

    /// <summary>Runs in the transaction, which ends with what fails, or at once in one of its own. What the check refuses was never begun.</summary>
    private protected Task<TResult> RunAsync<TResult>(
        Action check, Func<InMemoryWork, TResult> run, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        try
        {
            check();
            if (WorkOf(transaction) is { } work)
            {
                return Task.FromResult(transaction!.RunInMemory(() =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return run(work);
                }));
            }

            cancellationToken.ThrowIfCancellationRequested();
            while (true)
            {
                InMemoryWork own = new(Database);
                TResult result = run(own);
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
        IReadOnlyList<TInput> inputs, Func<InMemoryWork, TInput, TResult> run, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        return RunAsync(Check, work => (IReadOnlyList<TResult>)[.. inputs.Select(input => run(work, input))], transaction, cancellationToken);

        void Check()
        {
            Require(inputs);
            foreach (TInput input in inputs)
            {
                Require(input, nameof(inputs));
            }
        }
    }

    private static object?[] ToRow(InMemoryWork work, TEntity entity)
    {
        object?[] row = new object?[TMap.Descriptor.Columns.Length];
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns)
        {
            // What the other side alone has is not there to be written.
            if (column.IsOn(work.Database.Authority))
            {
                InMemorySink sink = new(work.Database.Authority);
                TMap.WriteColumn(entity, column.Ordinal, ref sink);
                row[column.Ordinal] = sink.Value;
            }
        }

        return row;
    }

    private static TEntity ToEntity(InMemoryWork work, object?[] row)
    {
        InMemoryReader reader = new(row, work.Database.Authority);
        return TMap.Read(ref reader);
    }

    private static void RequireSame(InMemoryWork work, TEntity expected, object?[] row)
    {
        if (TMap.HasConcurrencyTokens && !TMap.HasSameTokens(expected, ToEntity(work, row)))
        {
            throw new ConcurrencyConflictException(TMap.Descriptor.Name, TMap.FormatKey(TMap.GetKey(expected)));
        }
    }

    // As a database has it, a number that the column does not hold is a write that failed.
    private object Number(ColumnType type, long value, int more = 0)
    {
        try
        {
            long number = checked(value + more);
            return type switch
            {
                ColumnType.Byte => checked((byte)number),
                ColumnType.SByte => checked((sbyte)number),
                ColumnType.Int16 => checked((short)number),
                ColumnType.UInt16 => checked((ushort)number),
                ColumnType.Int32 => checked((int)number),
                ColumnType.UInt32 => checked((uint)number),
                ColumnType.UInt64 => checked((ulong)number),
                _ => number,
            };
        }
        catch (OverflowException exception)
        {
            throw new WriteFailedException(Database.Authority, TMap.Descriptor.Name, FailureKind.Data, exception);
        }
    }

    // [Timestamp] is on both sides, in one form.
    private object CountUp(ColumnDescriptor column, object? value) => Number(column.Type, Convert.ToInt64(value, CultureInfo.InvariantCulture), 1);

    private static bool IsNumber(ColumnType type) => type is >= ColumnType.Byte and <= ColumnType.UInt64;

    private static InMemoryTable<TKey> Table(InMemoryWork work) =>
        work.Get(typeof(TMap), static () => new InMemoryTable<TKey>(ImmutableSortedDictionary.Create<TKey, object?[]>(s_order)));

    private TEntity Insert(InMemoryWork work, TEntity entity)
    {
        InMemoryTable<TKey> table = Table(work);
        object?[] row = ToRow(work, entity);
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns.Where(column => column.Generated == GeneratedValue.Identity && column.IsOn(Database.Authority)))
        {
            ColumnType type = column.TypeOn(Database.Authority);
            if (IsNumber(type))
            {
                long greatest = table.Rows.Values.Select(other => Convert.ToInt64(other[column.Ordinal], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
                row[column.Ordinal] = Number(type, Database.NextNumber(typeof(TMap), greatest));
            }
            else if (type == ColumnType.Guid)
            {
                row[column.Ordinal] = Guid.CreateVersion7();
            }
        }

        TKey key = TMap.GetKey(ToEntity(work, row));
        return table.Rows.ContainsKey(key) ? throw Duplicate(key) : Add(work, table, key, row);
    }

    private TEntity Upsert(InMemoryWork work, TEntity entity)
    {
        InMemoryTable<TKey> table = Table(work);
        return TryUpdate(work, entity, entity, out TEntity image) ? image : Add(work, table, TMap.GetKey(entity), ToRow(work, entity));
    }

    private TEntity Add(InMemoryWork work, InMemoryTable<TKey> table, TKey key, object?[] row)
    {
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns)
        {
            // One more than the entity says, as a database is told to: what comes back after a deletion is not at its old version.
            row[column.Ordinal] = column.IsRowVersion ? CountUp(column, row[column.Ordinal]) : row[column.Ordinal];
        }

        work.Set(typeof(TMap), new InMemoryTable<TKey>(table.Rows.Add(key, row)));
        return ToEntity(work, row);
    }

    private static bool Delete(InMemoryWork work, TKey key)
    {
        InMemoryTable<TKey> table = Table(work);
        bool isThere = table.Rows.ContainsKey(key);
        if (isThere)
        {
            work.Set(typeof(TMap), new InMemoryTable<TKey>(table.Rows.Remove(key)));
        }

        return isThere;
    }

    private WriteFailedException Duplicate(TKey key) =>
        new(Database.Authority, TMap.Descriptor.Name, FailureKind.UniqueClash, new InvalidOperationException($"There is a row of the key {TMap.FormatKey(key)} already."));

    private InMemoryWork? WorkOf(DualWriteTransaction? transaction) => transaction is null ? null
        : transaction.Memory is { } work && ReferenceEquals(work.Database, Database) ? work
        : throw new ArgumentException("The transaction is not one of this repository's InMemoryDatabase: begin it there, and give the database to every repository of the test.", nameof(transaction));
}
