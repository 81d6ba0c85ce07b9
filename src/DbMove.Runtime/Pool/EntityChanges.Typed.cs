using System.Data.Common;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Pool;

/// <summary>The typed half: images by key, in key order.</summary>
internal sealed class EntityChanges<TEntity, TKey, TMap>(EntityBinding<TEntity, TKey, TMap> binding) : EntityChanges(binding)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    // As many rows as one statement carries: what a statement of a caller's touches has no bound.
    private const int RangeRows = 1_000;

    private static readonly Comparer<TKey> s_order = Comparer<TKey>.Create(TMap.CompareKeys);

    private readonly SortedDictionary<TKey, Change> _changes = new(s_order);
    private readonly EntityBinding<TEntity, TKey, TMap> _binding = binding;
    private List<(TKey Key, Change? Before, string? Touched)>? _journal;

    public override IEnumerable<string> KeyTexts => _changes.Keys.Select(TMap.FormatKey);

    /// <summary>Takes note of a written row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="isDelete">Whether it went.</param>
    /// <param name="sharedBy">The authority, where the caller is given the image and may change it before the commit; else null.</param>
    public void Add(WrittenRow<TEntity> row, bool isDelete, Side? sharedBy)
    {
        if (sharedBy is { } authority && !isDelete)
        {
            row = row with { Image = ImageCopy.Of<TEntity, TKey, TMap>(row.Image, authority) };
        }

        TKey key = TMap.GetKey(row.Image);
        bool again = _changes.ContainsKey(key);
        Set(key, new Change(row.Image, isDelete, again), touched: null);
        Intents.Add(row.IntentId);
    }

    public override void Touch(Side authority, DbDataReader row)
    {
        TKey key = _binding[authority].ReadKey(row);

        // Whether it is still there, and how it looks, is read before the commit; until then only the key is known.
        string text = TMap.FormatKey(key);
        Set(key, new Change(default!, IsDelete: true, IsRepeated: true), Touched.Add(text) ? text : null);
    }

    public override ChangesMark Mark() => new((_journal ??= []).Count, Intents.Count);

    public override void RollBackTo(ChangesMark mark)
    {
        List<(TKey Key, Change? Before, string? Touched)> journal = _journal!;
        for (int index = journal.Count - 1; index >= mark.Journal; index--)
        {
            (TKey key, Change? before, string? touched) = journal[index];
            if (before is { } earlier)
            {
                _changes[key] = earlier;
            }
            else
            {
                _changes.Remove(key);
            }

            if (touched is not null)
            {
                Touched.Remove(touched);
            }
        }

        journal.RemoveRange(mark.Journal, journal.Count - mark.Journal);
        Intents.RemoveRange(mark.Intents, Intents.Count - mark.Intents);
        foreach (TKey key in _changes.Keys.ToArray())
        {
            _changes[key] = _changes[key] with { IsRepeated = true };
        }
    }

    public override async Task FinalizeAsync(SideSession authority, CancellationToken cancellationToken)
    {
        TKey[] again = [.. _changes.Where(change => change.Value.IsRepeated).Select(change => change.Key)];
        if (again.Length == 0)
        {
            return;
        }

        foreach (TKey key in again)
        {
            _changes[key] = _changes[key] with { IsDelete = true };
        }

        foreach (TKey[] range in again.Chunk(RangeRows))
        {
            foreach (TEntity row in await _binding[authority.Database.Side].FindAsync(authority, range, RowLock.None, cancellationToken).ConfigureAwait(false))
            {
                _changes[TMap.GetKey(row)] = new Change(row, IsDelete: false, IsRepeated: false);
            }
        }
    }

    public override async Task ApplyDeletesAsync(SideSession follower, CancellationToken cancellationToken)
    {
        TKey[] keys = [.. _changes.Where(change => change.Value.IsDelete).Select(change => change.Key)];
        foreach (TKey[] range in Ranges(keys, follower.Database.Side))
        {
            await _binding[follower.Database.Side].DeleteImagesAsync(follower, range, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task ApplyUpsertsAsync(SideSession follower, CancellationToken cancellationToken)
    {
        TEntity[] images = [.. _changes.Values.Where(change => !change.IsDelete).Select(change => change.Image)];
        foreach (TEntity[] range in Ranges(images, follower.Database.Side))
        {
            await _binding[follower.Database.Side].UpsertImagesAsync(follower, range, cancellationToken).ConfigureAwait(false);
        }
    }

    // Rows that refer to one another stay in one statement, at whose end foreign keys are checked.
    private IEnumerable<T[]> Ranges<T>(T[] rows, Side side)
    {
        TableSchema table = _binding.Tables[(int)side];
        return table.ForeignKeys.Any(key => key.Parent == table.Name) ? rows.Length == 0 ? [] : [rows] : rows.Chunk(RangeRows);
    }

    private void Set(TKey key, Change change, string? touched)
    {
        _journal?.Add((key, _changes.TryGetValue(key, out Change before) ? before : null, touched));
        _changes[key] = change;
    }

    private readonly record struct Change(TEntity Image, bool IsDelete, bool IsRepeated);
}
