using System.Collections.Immutable;
using System.Globalization;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.InMemory;

/// <summary>The rows of one entity as a transaction sees and changes them: what the database does in a real one.</summary>
/// <param name="work">The transaction.</param>
internal sealed class InMemoryRows<TEntity, TKey, TMap>(InMemoryWork work)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private static readonly Comparer<TKey> s_order = Comparer<TKey>.Create(TMap.CompareKeys);

    private Side Authority => work.Database.Authority;

    public TEntity Insert(TEntity entity)
    {
        InMemoryTable<TKey> table = Table();
        object?[] row = ToRow(entity);
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns.Where(column => column.Generated == GeneratedValue.Identity && column.IsOn(Authority)))
        {
            ColumnType type = column.TypeOn(Authority);
            if (IsNumber(type))
            {
                long greatest = table.Rows.Values.Select(other => Convert.ToInt64(other[column.Ordinal], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
                row[column.Ordinal] = Number(type, work.Database.NextNumber(typeof(TMap), greatest));
            }
            else if (type == ColumnType.Guid)
            {
                row[column.Ordinal] = Guid.CreateVersion7();
            }
        }

        TKey key = TMap.GetKey(ToEntity(row));
        return table.Rows.ContainsKey(key) ? throw Duplicate(key) : Add(table, key, row);
    }

    public TEntity Upsert(TEntity entity)
    {
        InMemoryTable<TKey> table = Table();
        return TryUpdate(entity, entity, out TEntity image) ? image : Add(table, TMap.GetKey(entity), ToRow(entity));
    }

    /// <summary>Updates a row; false: there is none.</summary>
    public bool TryUpdate(TEntity original, TEntity changed, out TEntity image)
    {
        TKey key = TMap.GetKey(changed);
        image = changed;
        InMemoryTable<TKey> table = Table();
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
                : column.IsRowVersion ? CountUp(column, stored[column.Ordinal])
                : column.OnlyOn is null ? row[column.Ordinal]
                : row[column.Ordinal] ?? (known[column.Ordinal] is null ? stored[column.Ordinal] : null);
        }

        work.Set(typeof(TMap), new InMemoryTable<TKey>(table.Rows.SetItem(key, row)));
        image = ToEntity(row);
        return true;
    }

    public bool TryFind(TKey key, out TEntity found)
    {
        bool isThere = Table().Rows.TryGetValue(key, out object?[]? row);
        found = isThere ? ToEntity(row!) : default!;
        return isThere;
    }

    public bool Delete(TKey key)
    {
        InMemoryTable<TKey> table = Table();
        bool isThere = table.Rows.ContainsKey(key);
        if (isThere)
        {
            work.Set(typeof(TMap), new InMemoryTable<TKey>(table.Rows.Remove(key)));
        }

        return isThere;
    }

    public bool DeleteUnchanged(TEntity entity)
    {
        TKey key = TMap.GetKey(entity);
        if (Table().Rows.GetValueOrDefault(key) is { } row)
        {
            RequireSame(entity, row);
        }

        return Delete(key);
    }

    /// <summary>Copies of all rows, in key order.</summary>
    public IReadOnlyList<TEntity> ToList() => [.. Table().Rows.Values.Select(ToEntity)];

    private TEntity Add(InMemoryTable<TKey> table, TKey key, object?[] row)
    {
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns)
        {
            // One more than the entity says, as a database is told to: what comes back after a deletion is not at its old version.
            row[column.Ordinal] = column.IsRowVersion ? CountUp(column, row[column.Ordinal]) : row[column.Ordinal];
        }

        work.Set(typeof(TMap), new InMemoryTable<TKey>(table.Rows.Add(key, row)));
        return ToEntity(row);
    }

    private object?[] ToRow(TEntity entity)
    {
        object?[] row = new object?[TMap.Descriptor.Columns.Length];
        foreach (ColumnDescriptor column in TMap.Descriptor.Columns)
        {
            // What the other side alone has is not there to be written.
            if (column.IsOn(Authority))
            {
                InMemorySink sink = new(Authority);
                TMap.WriteColumn(entity, column.Ordinal, ref sink);
                row[column.Ordinal] = sink.Value;
            }
        }

        return row;
    }

    private TEntity ToEntity(object?[] row)
    {
        InMemoryReader reader = new(row, Authority);
        return TMap.Read(ref reader);
    }

    private void RequireSame(TEntity expected, object?[] row)
    {
        if (TMap.HasConcurrencyTokens && !TMap.HasSameTokens(expected, ToEntity(row)))
        {
            throw new ConcurrencyConflictException(TMap.Descriptor.Name, TMap.FormatKey(TMap.GetKey(expected)));
        }
    }

    // [Timestamp] is on both sides, in one form.
    private object CountUp(ColumnDescriptor column, object? value) => Number(column.Type, Convert.ToInt64(value, CultureInfo.InvariantCulture), 1);

    private static bool IsNumber(ColumnType type) => type is >= ColumnType.Byte and <= ColumnType.UInt64;

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
            throw new WriteFailedException(Authority, TMap.Descriptor.Name, FailureKind.Data, exception);
        }
    }

    private InMemoryTable<TKey> Table() =>
        work.Get(typeof(TMap), static () => new InMemoryTable<TKey>(ImmutableSortedDictionary.Create<TKey, object?[]>(s_order)));

    private WriteFailedException Duplicate(TKey key) =>
        new(Authority, TMap.Descriptor.Name, FailureKind.UniqueClash, new InvalidOperationException($"There is a row of the key {TMap.FormatKey(key)} already."));
}
