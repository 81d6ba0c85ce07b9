namespace DbMove.Mapping;

/// <summary>
/// Copies rows. The caller of a repository owns the after-image that it is given and may change it, or an array in it, before its transaction
/// commits; the follower must receive the row as the authority holds it.
/// </summary>
internal static class ImageCopy
{
    /// <summary>A copy that shares nothing that can be changed.</summary>
    public static TEntity Of<TEntity, TKey, TMap>(TEntity row, Side authority)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        object?[] values = new object?[TMap.Descriptor.Columns.Length];
        ImageValues copy = new(values, authority);
        for (int ordinal = 0; ordinal < values.Length; ordinal++)
        {
            copy.Position = ordinal;
            TMap.WriteColumn(row, ordinal, ref copy);
        }

        return TMap.Read(ref copy);
    }
}
