using DbMove.Dialects;

namespace DbMove.Backfill;

/// <summary>Rows of one chunk, read on the source.</summary>
internal abstract class BackfillPage
{
    /// <summary>How many rows.</summary>
    public abstract int Count { get; }

    /// <summary>The key's text of one row.</summary>
    public abstract string KeyAt(int index);

    /// <summary>Inserts those of some rows that are missing on the target. Returns how many were.</summary>
    public abstract Task<int> InsertAsync(SideSession target, int from, int count, CancellationToken cancellationToken);
}
