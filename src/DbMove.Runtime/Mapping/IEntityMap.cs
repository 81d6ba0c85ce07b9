using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>
/// How one entity is bound, read, compared and keyed, without reflection. Implemented by the generated
/// <c>{Entity}Map</c>; only dialects and the runtime call it.
/// </summary>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
/// <typeparam name="TKey">The key: the member's type, or the generated key struct of a composite key.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEntityMap<TEntity, TKey>
    where TEntity : notnull
    where TKey : notnull
{
    /// <summary>The entity's tables and columns. Always the same instance.</summary>
    static abstract EntityDescriptor Descriptor { get; }

    /// <summary>The entity's key.</summary>
    static abstract TKey GetKey(TEntity entity);

    /// <summary>
    /// Compares two keys in the order that every dialect sorts by: numbers by value, text by code points, Guids by
    /// their text, bytes lexically (see <see cref="KeyOrder"/>).
    /// </summary>
    static abstract int CompareKeys(TKey left, TKey right);

    /// <summary>The key as a JSON array of invariant strings, in key order: <c>["42","de"]</c>.</summary>
    static abstract string FormatKey(TKey key);

    /// <summary>Reads what <see cref="FormatKey"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a key of this entity.</exception>
    static abstract TKey ParseKey(string text);

    /// <summary>Writes the value of the column at <paramref name="ordinal"/> to the sink: one call of one of its methods.</summary>
    static abstract void WriteColumn<TSink>(TEntity entity, int ordinal, ref TSink sink)
        where TSink : struct, IColumnSink, allows ref struct;

    /// <summary>Writes the key's part at <paramref name="keyOrdinal"/> to the sink: one call of one of its methods.</summary>
    static abstract void WriteKey<TSink>(TKey key, int keyOrdinal, ref TSink sink)
        where TSink : struct, IColumnSink, allows ref struct;

    /// <summary>Reads a row: every column of the descriptor, position = ordinal.</summary>
    static abstract TEntity Read<TReader>(ref TReader reader)
        where TReader : struct, IColumnReader, allows ref struct;

    /// <summary>Reads a key: position = key ordinal.</summary>
    static abstract TKey ReadKey<TReader>(ref TReader reader)
        where TReader : struct, IColumnReader, allows ref struct;

    /// <summary>Whether the entity has concurrency tokens: members with <c>[ConcurrencyCheck]</c> or <c>[Timestamp]</c>.</summary>
    static virtual bool HasConcurrencyTokens => false;

    /// <summary>Whether two rows have the same values of the concurrency tokens.</summary>
    static virtual bool HasSameTokens(TEntity expected, TEntity actual) => true;

    /// <summary>The columns in which two rows differ; empty when they are equal.</summary>
    static abstract ColumnSet Compare(TEntity expected, TEntity actual);

    /// <summary>
    /// Whether two rows hold the same in every column that both sides have, whatever the members' comparison policies overlook. What a repair writes
    /// is decided by this: a change that validation would not report is still a write of the user's.
    /// </summary>
    static abstract bool HoldSame(TEntity expected, TEntity actual);
}
