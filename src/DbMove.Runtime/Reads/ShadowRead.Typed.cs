using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Reads;

/// <summary>The typed half of a shadow read.</summary>
internal sealed record ShadowRead<TEntity, TKey, TMap>(EntityBinding<TEntity, TKey, TMap> Binding, StageSnapshot Stage, Side Other, IReadOnlyList<TKey> Keys, IReadOnlyList<TEntity> Given)
    : ShadowRead(Binding, Stage, Other)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    public override int Count => Keys.Count;

    public override async Task<List<string>> FindDifferingAsync(SideSession other, CancellationToken cancellationToken)
    {
        Dictionary<string, TEntity> given = ByText(Given);
        Dictionary<string, TEntity> repeated = ByText(await Binding[Other].FindAsync(other, Keys, RowLock.None, cancellationToken).ConfigureAwait(false));
        List<string> differing = [];
        foreach (string text in Keys.Select(TMap.FormatKey))
        {
            bool wasGiven = given.TryGetValue(text, out TEntity? before);
            bool isThere = repeated.TryGetValue(text, out TEntity? row);
            if (wasGiven != isThere || (wasGiven && !TMap.Compare(before!, row!).IsEmpty))
            {
                differing.Add(text);
            }
        }

        return differing;
    }

    private static Dictionary<string, TEntity> ByText(IEnumerable<TEntity> rows) => rows.ToDictionary(row => TMap.FormatKey(TMap.GetKey(row)), StringComparer.Ordinal);
}
