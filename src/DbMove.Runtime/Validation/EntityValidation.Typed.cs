using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Telemetry;

namespace DbMove.Validation;

/// <summary>The typed half of an entity's validation.</summary>
internal sealed class EntityValidation<TEntity, TKey, TMap>(EntityBinding<TEntity, TKey, TMap> binding) : EntityValidation(binding)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private static readonly Comparer<TKey> s_order = Comparer<TKey>.Create(TMap.CompareKeys);

    private readonly EntityBinding<TEntity, TKey, TMap> _binding = binding;

    public override bool CanDigest =>
        _binding[Side.Source].DigestName is { } name && string.Equals(name, _binding[Side.Target].DigestName, StringComparison.Ordinal);

    public override async Task<string?> FindBoundaryAsync(SideSession authority, string? after, int rows, CancellationToken cancellationToken)
    {
        KeyBound<TKey>? boundary = await StoreOf(authority).FindBoundaryAsync(authority, new(Bound(after), null), rows, cancellationToken).ConfigureAwait(false);
        return boundary is { } key ? TMap.FormatKey(key.Value) : null;
    }

    public override async Task<long?> DigestAsync(SideSession authority, SideSession follower, string? after, string? upTo, CancellationToken cancellationToken)
    {
        KeyRange<TKey> range = new(Bound(after), Bound(upTo));
        RangeDigest[] digests = await Task.WhenAll(
            StoreOf(authority).DigestAsync(authority, range, cancellationToken),
            StoreOf(follower).DigestAsync(follower, range, cancellationToken)).ConfigureAwait(false);
        return digests[0] == digests[1] ? digests[0].Rows : null;
    }

    public override async Task<MergeStep> MergeAsync(
        SideSession authority, SideSession follower, string? after, string? upTo, MergeLimits limits, CancellationToken cancellationToken)
    {
        KeyRange<TKey> range = new(Bound(after), Bound(upTo));
        KeyPages<TEntity, TKey, TMap> left = new(StoreOf(authority), authority, range, limits.Page);
        KeyPages<TEntity, TKey, TMap> right = new(StoreOf(follower), follower, range, limits.Page);
        List<string> suspects = [];
        KeyBound<TKey>? position = range.After;
        long compared = 0;
        while (compared < limits.Rows && suspects.Count < limits.Suspects)
        {
            if (left.NeedsPage || right.NeedsPage)
            {
                await ReadAsync(left, right, cancellationToken).ConfigureAwait(false);
                await limits.Probes.ReachAsync(ProbePoint.ValidationPageRead, cancellationToken).ConfigureAwait(false);
                continue;
            }

            bool onAuthority = left.TryPeek(out TEntity expected);
            bool onFollower = right.TryPeek(out TEntity actual);
            if (!onAuthority && !onFollower)
            {
                return new(compared, suspects, KeyOf(position), IsEnd: true);
            }

            int order = !onAuthority ? 1 : !onFollower ? -1 : TMap.CompareKeys(TMap.GetKey(expected), TMap.GetKey(actual));
            TKey key = TMap.GetKey(order <= 0 ? expected : actual);
            if (order != 0 || !TMap.Compare(expected, actual).IsEmpty)
            {
                suspects.Add(TMap.FormatKey(key));
            }

            if (order <= 0)
            {
                left.Skip();
            }

            if (order >= 0)
            {
                right.Skip();
            }

            position = new KeyBound<TKey>(key);
            compared++;
        }

        return new(compared, suspects, KeyOf(position), IsEnd: false);
    }

    public override async Task<List<string>> FindDifferingAsync(SideSession authority, SideSession follower, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        SortedDictionary<TKey, string> texts = new(s_order);
        foreach (string key in keys)
        {
            texts.TryAdd(TMap.ParseKey(key), key);
        }

        TKey[] distinct = [.. texts.Keys];
        List<TEntity>[] rows = await Task.WhenAll(
            StoreOf(authority).FindAsync(authority, distinct, RowLock.None, cancellationToken),
            StoreOf(follower).FindAsync(follower, distinct, RowLock.None, cancellationToken)).ConfigureAwait(false);
        SortedDictionary<TKey, TEntity> actual = new(s_order);
        foreach (TEntity row in rows[1])
        {
            actual[TMap.GetKey(row)] = row;
        }

        HashSet<string> differing = [.. actual.Keys.Select(key => texts[key])];
        foreach (TEntity expected in rows[0])
        {
            TKey key = TMap.GetKey(expected);
            if (actual.TryGetValue(key, out TEntity? other) && TMap.Compare(expected, other).IsEmpty)
            {
                differing.Remove(texts[key]);
            }
            else
            {
                differing.Add(texts[key]);
            }
        }

        return [.. differing];
    }

    private static async Task ReadAsync(KeyPages<TEntity, TKey, TMap> left, KeyPages<TEntity, TKey, TMap> right, CancellationToken cancellationToken) =>
        await Task.WhenAll(
            left.NeedsPage ? left.ReadAsync(cancellationToken) : Task.CompletedTask,
            right.NeedsPage ? right.ReadAsync(cancellationToken) : Task.CompletedTask).ConfigureAwait(false);

    private static KeyBound<TKey>? Bound(string? text) => text is null ? null : new KeyBound<TKey>(TMap.ParseKey(text));

    private static string? KeyOf(KeyBound<TKey>? bound) => bound is { } key ? TMap.FormatKey(key.Value) : null;

    private IEntityStore<TEntity, TKey> StoreOf(SideSession session) => _binding[session.Database.Side];
}
