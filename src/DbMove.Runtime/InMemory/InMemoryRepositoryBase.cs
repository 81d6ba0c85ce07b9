using System.Collections.Immutable;
using System.Globalization;
using DbMove.Dialects;
using DbMove.InMemory;
using DbMove.Mapping;

namespace DbMove;

/// <summary>
/// What the in-memory repositories of classes and structs share. For unit tests: rows are kept as the generated map stores them, so every
/// entity that comes back is a copy, converters, enums by name and concurrency tokens included. Keys that the database makes are numbered,
/// <c>[Timestamp]</c> is counted up, computed columns and defaults stay as given, columns of one side as stored where the entity says null (and the original, if there is one, does too); constraints other than the key are not checked.
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
        RunAsync(work => Insert(work, Given(entity)), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> InsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(entities, Insert, transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity> UpsertAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(work => Upsert(work, Given(entity)), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> UpsertManyAsync(IReadOnlyList<TEntity> entities, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunManyAsync(entities, Upsert, transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(TKey key, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(work => Delete(work, key), transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<bool>> DeleteManyAsync(IReadOnlyList<TKey> keys, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return RunAsync(work => (IReadOnlyList<bool>)[.. keys.Select(key => Delete(work, key))], transaction, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteUnchangedAsync(TEntity entity, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        RunAsync(
            work =>
            {
                TKey key = TMap.GetKey(Given(entity));
                if (Table(work).Rows.GetValueOrDefault(key) is { } row)
                {
                    RequireSame(entity, row);
                }

                return Delete(work, key);
            },
            transaction,
            cancellationToken);

    /// <summary>Copies of all rows in key order, as a transaction sees them: what an override of a <see cref="SqlAttribute"/> method works on.</summary>
    /// <param name="transaction">The transaction; null: what is committed.</param>
    protected IReadOnlyList<TEntity> RowsIn(DualWriteTransaction? transaction) =>
        [.. Table(WorkOf(transaction) ?? new InMemoryWork(Database)).Rows.Values.Select(ToEntity)];

    private protected static TEntity Given(TEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return entity;
    }

    /// <summary>Updates a row; false: there is none.</summary>
    private protected static bool TryUpdate(InMemoryWork work, TEntity original, TEntity changed, out TEntity image)
    {
        TKey key = TMap.GetKey(changed);
        image = changed;
        if (TMap.CompareKeys(TMap.GetKey(original), key) != 0)
        {
            throw new ArgumentException("The changed entity has another key than the original.", nameof(changed));
        }

        InMemoryTable<TKey> table = Table(work);
        if (table.Rows.GetValueOrDefault(key) is not { } stored)
        {
            return false;
        }

        RequireSame(original, stored);
        object?[] row = ToRow(changed);
        object?[] known = ToRow(original);
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns)
        {
            row[column.Ordinal] = column.Generated == GeneratedValue.Computed ? stored[column.Ordinal]
                : column.IsRowVersion ? Number(column.Type, Convert.ToInt64(stored[column.Ordinal], CultureInfo.InvariantCulture) + 1)
                : column.OnlyOn is null ? row[column.Ordinal]
                : row[column.Ordinal] ?? (known[column.Ordinal] is null ? stored[column.Ordinal] : null);
        }

        work.Set(typeof(TMap), new InMemoryTable<TKey>(table.Rows.SetItem(key, row)));
        image = ToEntity(row);
        return true;
    }

    private protected static bool TryFind(InMemoryWork work, TKey key, out TEntity found)
    {
        bool isThere = Table(work).Rows.TryGetValue(key, out object?[]? row);
        found = isThere ? ToEntity(row!) : default!;
        return isThere;
    }

    /// <summary>Runs in the transaction, or at once in one of its own.</summary>
    private protected Task<TResult> RunAsync<TResult>(Func<InMemoryWork, TResult> run, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        try
        {
            if (WorkOf(transaction) is { } work)
            {
                return Task.FromResult(transaction!.RunInMemory(() => run(work)));
            }

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
        catch (Exception exception) when (exception is DbMoveException or ArgumentException or InvalidOperationException or InvalidDataException)
        {
            return Task.FromException<TResult>(exception);
        }
    }

    private protected Task<IReadOnlyList<TResult>> RunManyAsync<TInput, TResult>(
        IReadOnlyList<TInput> inputs, Func<InMemoryWork, TInput, TResult> run, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (TInput input in inputs)
        {
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
        }

        return RunAsync(work => (IReadOnlyList<TResult>)[.. inputs.Select(input => run(work, input))], transaction, cancellationToken);
    }

    private static object?[] ToRow(TEntity entity)
    {
        object?[] row = new object?[TMap.Descriptor.Columns.Length];
        for (int ordinal = 0; ordinal < row.Length; ordinal++)
        {
            InMemorySink sink = default;
            TMap.WriteColumn(entity, ordinal, ref sink);
            row[ordinal] = sink.Value;
        }

        return row;
    }

    private static TEntity ToEntity(object?[] row)
    {
        InMemoryReader reader = new(row);
        return TMap.Read(ref reader);
    }

    private static void RequireSame(TEntity expected, object?[] row)
    {
        if (TMap.HasConcurrencyTokens && !TMap.HasSameTokens(expected, ToEntity(row)))
        {
            throw new ConcurrencyConflictException(TMap.Descriptor.Name, TMap.FormatKey(TMap.GetKey(expected)));
        }
    }

    private static object Number(ColumnType type, long value) => type switch
    {
        ColumnType.Byte => (byte)value,
        ColumnType.SByte => (sbyte)value,
        ColumnType.Int16 => (short)value,
        ColumnType.UInt16 => (ushort)value,
        ColumnType.Int32 => (int)value,
        ColumnType.UInt32 => (uint)value,
        ColumnType.UInt64 => (ulong)value,
        _ => value,
    };

    private static bool IsNumber(ColumnType type) => type is >= ColumnType.Byte and <= ColumnType.UInt64;

    private static InMemoryTable<TKey> Table(InMemoryWork work) =>
        work.Get(typeof(TMap), static () => new InMemoryTable<TKey>(ImmutableSortedDictionary.Create<TKey, object?[]>(s_order)));

    private TEntity Insert(InMemoryWork work, TEntity entity)
    {
        InMemoryTable<TKey> table = Table(work);
        object?[] row = ToRow(entity);
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns)
        {
            if (column.Generated == GeneratedValue.Identity && IsNumber(column.Type))
            {
                long greatest = table.Rows.Values.Select(other => Convert.ToInt64(other[column.Ordinal], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
                row[column.Ordinal] = Number(column.Type, Database.NextNumber(typeof(TMap), greatest));
            }
            else if (column.Generated == GeneratedValue.Identity && column.Type == ColumnType.Guid)
            {
                row[column.Ordinal] = Guid.CreateVersion7();
            }
        }

        TKey key = TMap.GetKey(ToEntity(row));
        return table.Rows.ContainsKey(key) ? throw Duplicate(key) : Add(work, table, key, row);
    }

    private TEntity Upsert(InMemoryWork work, TEntity entity)
    {
        InMemoryTable<TKey> table = Table(work);
        return TryUpdate(work, entity, entity, out TEntity image) ? image : Add(work, table, TMap.GetKey(entity), ToRow(entity));
    }

    private static TEntity Add(InMemoryWork work, InMemoryTable<TKey> table, TKey key, object?[] row)
    {
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns)
        {
            // One more than the entity says, as a database is told to: what comes back after a deletion is not at its old version.
            row[column.Ordinal] = column.IsRowVersion ? Number(column.Type, Convert.ToInt64(row[column.Ordinal], CultureInfo.InvariantCulture) + 1) : row[column.Ordinal];
        }

        work.Set(typeof(TMap), new InMemoryTable<TKey>(table.Rows.Add(key, row)));
        return ToEntity(row);
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

    private static WriteFailedException Duplicate(TKey key) =>
        new(Side.Source, TMap.Descriptor.Name, FailureKind.UniqueClash, new InvalidOperationException($"There is a row of the key {TMap.FormatKey(key)} already."));

    private InMemoryWork? WorkOf(DualWriteTransaction? transaction) => transaction is null ? null
        : transaction.Memory is { } work && ReferenceEquals(work.Database, Database) ? work
        : throw new ArgumentException("The transaction is not one of this repository's InMemoryDatabase: begin it there, and give the database to every repository of the test.", nameof(transaction));
}
