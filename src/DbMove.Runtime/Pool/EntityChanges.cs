using System.Data.Common;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Pool;

/// <summary>What one transaction has written of one entity: one final image a key, and the intents.</summary>
internal abstract class EntityChanges(EntityBinding binding)
{
    public EntityBinding Binding { get; } = binding;

    /// <summary>The intents recorded so far.</summary>
    public List<long> Intents { get; } = [];

    /// <summary>
    /// Keys that a caller's own statements touched and that have no intent yet: it comes before the commit, because it would
    /// change what <c>last_insert_rowid()</c> and <c>lastval()</c> say to the caller's next statement.
    /// </summary>
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys' texts, for the key locks.</summary>
    public abstract IEnumerable<string> KeyTexts { get; }

    /// <summary>Takes note of a row that a caller's own statement touched: its key stands in the first columns.</summary>
    public abstract void Touch(Side authority, DbDataReader row);

    /// <summary>Where the writes stand; from the first mark on they are kept in a journal.</summary>
    public abstract ChangesMark Mark();

    /// <summary>
    /// Forgets what was written since, with its intents: they are gone on the authority. All that remains is read again before
    /// the commit.
    /// </summary>
    public abstract void RollBackTo(ChangesMark mark);

    /// <summary>Reads again, under the authority's own locks, the keys that were written more than once.</summary>
    public abstract Task FinalizeAsync(SideSession authority, CancellationToken cancellationToken);

    /// <summary>Deletes on the follower what is gone on the authority.</summary>
    public abstract Task ApplyDeletesAsync(SideSession follower, CancellationToken cancellationToken);

    /// <summary>Writes on the follower what is there on the authority.</summary>
    public abstract Task ApplyUpsertsAsync(SideSession follower, CancellationToken cancellationToken);
}
