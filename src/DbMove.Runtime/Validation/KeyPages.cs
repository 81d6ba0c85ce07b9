using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Validation;

/// <summary>One side's rows of a range in key order, a page at a time.</summary>
internal sealed class KeyPages<TEntity, TKey, TMap>(IEntityStore<TEntity, TKey> store, SideSession session, KeyRange<TKey> range, int size)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private KeyBound<TKey>? _after = range.After;
    private List<TEntity> _rows = [];
    private int _next;
    private bool _isLast;

    /// <summary>Whether a page must be read before <see cref="TryPeek"/> can tell.</summary>
    public bool NeedsPage => _next == _rows.Count && !_isLast;

    /// <summary>Reads the next page.</summary>
    /// <exception cref="KeyOrderException">The rows do not come in the order of <see cref="IEntityMap{TEntity, TKey}.CompareKeys"/>, so a merge would lose step.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        _rows = await store.ReadPageAsync(session, range with { After = _after }, size, cancellationToken).ConfigureAwait(false);
        _next = 0;
        _isLast = _rows.Count < size;
        foreach (TEntity row in _rows)
        {
            TKey key = TMap.GetKey(row);
            if (_after is { } before && TMap.CompareKeys(before.Value, key) >= 0)
            {
                throw new KeyOrderException(session.Database.Side, TMap.Descriptor.Name);
            }

            _after = new KeyBound<TKey>(key);
        }
    }

    /// <summary>The next row; false at the end.</summary>
    public bool TryPeek(out TEntity row)
    {
        bool found = _next < _rows.Count;
        row = found ? _rows[_next] : default!;
        return found;
    }

    public void Skip() => _next++;
}
