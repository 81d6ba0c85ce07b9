using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Backfill;

/// <summary>The typed half of a page.</summary>
internal sealed class BackfillPage<TEntity, TKey, TMap>(IEntityStore<TEntity, TKey> target, List<TEntity> rows) : BackfillPage
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    public override int Count => rows.Count;

    public override string KeyAt(int index) => TMap.FormatKey(TMap.GetKey(rows[index]));

    public override Task<int> InsertAsync(SideSession session, int from, int count, CancellationToken cancellationToken) =>
        target.InsertMissingAsync(session, count == rows.Count ? rows : rows.GetRange(from, count), cancellationToken);
}
