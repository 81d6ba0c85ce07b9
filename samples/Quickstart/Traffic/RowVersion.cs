namespace Quickstart.Traffic;

/// <summary>A row as one write leaves it. Versions of a row form a chain, newest first; only the row's owner adds to it.</summary>
internal sealed class RowVersion(object? row, int owner, long begun, RowVersion? previous)
{
    /// <summary>The row; null: deleted.</summary>
    public object? Row { get; } = row;

    public int Owner { get; } = owner;

    /// <summary>When the write began.</summary>
    public long Begun { get; } = begun;

    /// <summary>When the write was acknowledged; the greatest number while it is in flight or its outcome is unknown.</summary>
    public long Acknowledged { get; set; } = long.MaxValue;

    /// <summary>The write failed; nobody may ever have seen this version.</summary>
    public bool IsVoid { get; set; }

    /// <summary>The commit's answer was lost: the row has this version or the one before, and writers leave it alone.</summary>
    public bool IsUndecided { get; set; }

    public RowVersion? Previous { get; set; } = previous;
}
