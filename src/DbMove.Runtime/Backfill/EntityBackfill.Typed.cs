using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Backfill;

/// <summary>The typed half of an entity's backfill.</summary>
internal sealed class EntityBackfill<TEntity, TKey, TMap>(EntityBinding<TEntity, TKey, TMap> binding) : EntityBackfill(binding)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private readonly EntityBinding<TEntity, TKey, TMap> _binding = binding;

    public override Task<long> EstimateAsync(SideSession source, CancellationToken cancellationToken) =>
        _binding[Side.Source].EstimateRowCountAsync(source, cancellationToken);

    public override async Task<List<(string? After, string? UpTo)>> PlanAsync(SideSession source, int parts, long estimate, CancellationToken cancellationToken)
    {
        List<(string?, string?)> ranges = [];
        if (await _binding[Side.Source].FindLastKeyAsync(source, cancellationToken).ConfigureAwait(false) is not { } last)
        {
            return ranges;
        }

        int step = (int)Math.Clamp(estimate / parts, 1, int.MaxValue);
        KeyBound<TKey>? after = null;
        while (ranges.Count < parts - 1)
        {
            KeyBound<TKey>? boundary = await _binding[Side.Source].FindBoundaryAsync(source, new(after, last), step, cancellationToken).ConfigureAwait(false);
            if (boundary is not { } found || TMap.CompareKeys(found.Value, last.Value) >= 0)
            {
                break;
            }

            ranges.Add((KeyOf(after), TMap.FormatKey(found.Value)));
            after = boundary;
        }

        ranges.Add((KeyOf(after), TMap.FormatKey(last.Value)));
        return ranges;
    }

    public override async Task<BackfillPage> ReadAsync(SideSession source, string? after, string? upTo, int limit, CancellationToken cancellationToken) =>
        new BackfillPage<TEntity, TKey, TMap>(
            _binding[Side.Target],
            await _binding[Side.Source].ReadPageAsync(source, new(Bound(after), Bound(upTo)), limit, cancellationToken).ConfigureAwait(false));

    private static KeyBound<TKey>? Bound(string? text) => text is null ? null : new KeyBound<TKey>(TMap.ParseKey(text));

    private static string? KeyOf(KeyBound<TKey>? bound) => bound is { } key ? TMap.FormatKey(key.Value) : null;
}
