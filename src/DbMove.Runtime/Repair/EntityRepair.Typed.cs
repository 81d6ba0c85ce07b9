using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Repair;

/// <summary>The typed half of a repair.</summary>
internal sealed class EntityRepair<TEntity, TKey, TMap>(EntityBinding<TEntity, TKey, TMap> binding) : EntityRepair(binding)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private static readonly Comparer<TKey> s_order = Comparer<TKey>.Create(TMap.CompareKeys);

    private readonly EntityBinding<TEntity, TKey, TMap> _binding = binding;
    private readonly SortedDictionary<TKey, string> _keys = new(s_order);
    private readonly SortedDictionary<TKey, TEntity> _authority = new(s_order);
    private readonly SortedDictionary<TKey, TEntity> _follower = new(s_order);
    private readonly SortedSet<TKey> _unsettled = new(s_order);

    public override IEnumerable<string> Keys => _keys.Values;

    public override IEnumerable<string> LockTexts => _keys.Keys.Select(TMap.FormatKey);

    public override void Add(string key) => _keys.TryAdd(TMap.ParseKey(key), key);

    public override Task LoadAuthorityAsync(SideSession authority, CancellationToken cancellationToken) =>
        LoadAsync(authority, [.. _keys.Keys], RowLock.Share, _authority, cancellationToken);

    public override Task LoadFollowerAsync(SideSession follower, CancellationToken cancellationToken) =>
        LoadAsync(follower, [.. _keys.Keys], RowLock.Update, _follower, cancellationToken);

    public override async Task RecheckAbsentAsync(SideSession authority, CancellationToken cancellationToken)
    {
        TKey[] absent = [.. _keys.Keys.Where(key => !_authority.ContainsKey(key))];
        if (absent.Length == 0)
        {
            return;
        }

        foreach (TEntity row in await _binding[authority.Database.Side].FindAsync(authority, absent, RowLock.None, cancellationToken).ConfigureAwait(false))
        {
            // It came back meanwhile, and this repair holds no lock on it: the next round takes it.
            _unsettled.Add(TMap.GetKey(row));
        }
    }

    public override IReadOnlyList<KeyFinding> Judge() => [.. _keys.Select(key => Judge(key.Key, key.Value))];

    public override async Task<bool> TryParkAsync(SideSession follower, CancellationToken cancellationToken)
    {
        TKey[] present = [.. Written().Where(_follower.ContainsKey)];
        if (present.Length == 0)
        {
            return true;
        }

        foreach (UniqueIndexSchema index in UniqueIndexes(follower.Database.Side))
        {
            if (!await _binding[follower.Database.Side].TryParkAsync(follower, present, index, cancellationToken).ConfigureAwait(false))
            {
                Side side = follower.Database.Side;
                if (_binding.Tables[(int)side].ReferencedBy.Count > 0 || Binding.Descriptor.Columns.Any(column => column.OnlyOn == side))
                {
                    return false;
                }

                // Nothing refers to the rows, and their images are all of them, so they may go first and come back.
                await _binding[follower.Database.Side].DeleteImagesAsync(follower, present, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }

        return true;
    }

    public override async Task ApplyDeletesAsync(SideSession follower, CancellationToken cancellationToken)
    {
        TKey[] keys = [.. _follower.Keys.Where(key => !_authority.ContainsKey(key) && !_unsettled.Contains(key))];
        if (keys.Length > 0)
        {
            await _binding[follower.Database.Side].DeleteImagesAsync(follower, keys, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task ApplyUpsertsAsync(SideSession follower, CancellationToken cancellationToken)
    {
        TEntity[] images = [.. Written().Select(key => _authority[key])];
        if (images.Length > 0)
        {
            await _binding[follower.Database.Side].UpsertImagesAsync(follower, images, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task<IReadOnlyList<KeyFinding>> FindUnheldAsync(SideSession follower, CancellationToken cancellationToken)
    {
        TKey[] written = [.. Written()];
        if (written.Length == 0)
        {
            return [];
        }

        _follower.Clear();
        await LoadAsync(follower, written, RowLock.None, _follower, cancellationToken).ConfigureAwait(false);
        return [.. written.Select(key => Judge(key, _keys[key])).Where(finding => finding.Verdict is not (KeyVerdict.Equal or KeyVerdict.Overlooked))];
    }

    public override async Task<IReadOnlyList<string>> FindHoldersAsync(SideSession authority, SideSession follower, CancellationToken cancellationToken)
    {
        SortedSet<TKey> holders = new(s_order);
        List<TEntity> images = await _binding[authority.Database.Side].FindAsync(authority, [.. _keys.Keys], RowLock.None, cancellationToken).ConfigureAwait(false);
        foreach (UniqueIndexSchema index in UniqueIndexes(follower.Database.Side))
        {
            foreach (TEntity image in images)
            {
                holders.UnionWith(await _binding[follower.Database.Side].FindHoldersAsync(follower, image, index, cancellationToken).ConfigureAwait(false));
            }
        }

        return [.. holders.Where(key => !_keys.ContainsKey(key)).Select(TMap.FormatKey)];
    }

    private KeyFinding Judge(TKey key, string text)
    {
        bool onAuthority = _authority.TryGetValue(key, out TEntity? expected);
        bool onFollower = _follower.TryGetValue(key, out TEntity? actual);
        if (_unsettled.Contains(key))
        {
            return new(text, KeyVerdict.Unsettled, []);
        }

        return (onAuthority, onFollower) switch
        {
            (false, false) => new(text, KeyVerdict.Equal, []),
            (true, false) => new(text, KeyVerdict.MissingOnFollower, []),
            (false, true) => new(text, KeyVerdict.ExtraOnFollower, []),
            _ => Compare(text, expected!, actual!),
        };
    }

    private KeyFinding Compare(string text, TEntity expected, TEntity actual)
    {
        ColumnSet differing = TMap.Compare(expected, actual);
        return differing.IsEmpty
            ? new(text, TMap.HoldSame(expected, actual) ? KeyVerdict.Equal : KeyVerdict.Overlooked, [])
            : new(text, KeyVerdict.Different, [.. Binding.Descriptor.Columns.Where(column => differing.Contains(column.Ordinal)).Select(column => column.SourceName)]);
    }

    // A comparer of the user's may tell apart what is held alike, so both are asked.
    private IEnumerable<TKey> Written() => _authority
        .Where(row => !_follower.TryGetValue(row.Key, out TEntity? actual) || !TMap.HoldSame(row.Value, actual) || !TMap.Compare(row.Value, actual).IsEmpty)
        .Select(row => row.Key);

    private IEnumerable<UniqueIndexSchema> UniqueIndexes(Side side) => _binding.Tables[(int)side].UniqueIndexes
        .Where(index => index.Columns.Count > 0 && index.Columns.All(name => Binding.Descriptor.Columns.Any(column => column.IsOn(side) && column.NameOn(side) == name)));

    private async Task LoadAsync(SideSession session, TKey[] keys, RowLock rowLock, SortedDictionary<TKey, TEntity> rows, CancellationToken cancellationToken)
    {
        foreach (TEntity row in await _binding[session.Database.Side].FindAsync(session, keys, rowLock, cancellationToken).ConfigureAwait(false))
        {
            rows[TMap.GetKey(row)] = row;
        }
    }
}
