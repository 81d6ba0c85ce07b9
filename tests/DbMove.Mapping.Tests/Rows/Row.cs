namespace DbMove.Mapping.Tests.Rows;

/// <summary>Takes entities and keys apart and together, as a dialect does.</summary>
internal static class Row
{
    public static List<object?> Write<TEntity, TKey, TMap>(TEntity entity)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        List<object?> values = [];
        RowSink sink = new(values);
        for (int ordinal = 0; ordinal < TMap.Descriptor.Columns.Length; ordinal++)
        {
            TMap.WriteColumn(entity, ordinal, ref sink);
        }

        return values;
    }

    public static TEntity Read<TEntity, TKey, TMap>(IReadOnlyList<object?> values)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        RowReader reader = new(values);
        return TMap.Read(ref reader);
    }

    public static List<object?> WriteKey<TEntity, TKey, TMap>(TKey key)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        List<object?> values = [];
        RowSink sink = new(values);
        for (int ordinal = 0; ordinal < TMap.Descriptor.KeyColumns.Length; ordinal++)
        {
            TMap.WriteKey(key, ordinal, ref sink);
        }

        return values;
    }

    public static TKey ReadKey<TEntity, TKey, TMap>(IReadOnlyList<object?> values)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        RowReader reader = new(values);
        return TMap.ReadKey(ref reader);
    }
}
