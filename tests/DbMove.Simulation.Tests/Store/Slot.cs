namespace DbMove.Simulation.Tests.Store;

/// <summary>The place of one key in a table: what is committed there, and what the transaction that holds it has made of it.</summary>
internal sealed class Slot(Table table, long key)
{
    public Table Table { get; } = table;

    public long Key { get; } = key;

    /// <summary>The committed row; null: none.</summary>
    public object? Row { get; set; }

    /// <summary>Grows with every row that is inserted here: a row that was deleted and inserted again is another one.</summary>
    public long Incarnation { get; set; }

    /// <summary>Who holds it for writing.</summary>
    public Transaction? Holder { get; set; }

    /// <summary>Whether the holder has written it, and not only locked it.</summary>
    public bool IsChanged { get; set; }

    /// <summary>What the holder has made of it; null: deleted.</summary>
    public object? Pending { get; set; }

    public long PendingIncarnation { get; set; }

    /// <summary>Who holds it against change.</summary>
    public HashSet<Transaction> Sharers { get; } = [];

    /// <summary>The row as a statement of a transaction that begins now sees it.</summary>
    public object? Visible(Transaction transaction) => IsChanged && Holder == transaction ? Pending : Row;

    public long VisibleIncarnation(Transaction transaction) => IsChanged && Holder == transaction ? PendingIncarnation : Incarnation;

    /// <summary>Whether another transaction has written it and has not ended.</summary>
    public bool IsInDoubt(Transaction transaction) => IsChanged && Holder != transaction;
}
