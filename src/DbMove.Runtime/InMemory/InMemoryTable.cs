using System.Collections.Immutable;

namespace DbMove.InMemory;

/// <summary>The rows of one entity at one moment. A row is never changed, so that the same row is the same object.</summary>
internal abstract class InMemoryTable
{
    /// <summary>
    /// What was changed between an earlier moment and this one, done to the table as it is now; null: one of the rows was changed
    /// there too.
    /// </summary>
    public abstract InMemoryTable? Redo(InMemoryTable before, InMemoryTable now);
}

/// <inheritdoc/>
internal sealed class InMemoryTable<TKey>(ImmutableSortedDictionary<TKey, object?[]> rows) : InMemoryTable
    where TKey : notnull
{
    public ImmutableSortedDictionary<TKey, object?[]> Rows { get; } = rows;

    public override InMemoryTable? Redo(InMemoryTable before, InMemoryTable now)
    {
        if (ReferenceEquals(before, now))
        {
            return this;
        }

        ImmutableSortedDictionary<TKey, object?[]> earlier = ((InMemoryTable<TKey>)before).Rows;
        ImmutableSortedDictionary<TKey, object?[]> result = ((InMemoryTable<TKey>)now).Rows;
        foreach (TKey key in earlier.Keys.Union(Rows.Keys))
        {
            (object?[]? was, object?[]? wanted) = (earlier.GetValueOrDefault(key), Rows.GetValueOrDefault(key));
            if (ReferenceEquals(was, wanted))
            {
                continue;
            }

            if (!ReferenceEquals(was, result.GetValueOrDefault(key)))
            {
                return null;
            }

            result = wanted is null ? result.Remove(key) : result.SetItem(key, wanted);
        }

        return new InMemoryTable<TKey>(result);
    }
}
