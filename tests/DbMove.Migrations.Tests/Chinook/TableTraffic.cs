namespace DbMove.Migrations.Tests.Chinook;

/// <summary>What the writers do to one table: rows of their own, and rows of the real data.</summary>
internal abstract class TableTraffic(string table)
{
    public string Table { get; } = table;

    /// <summary>Real rows that it knows.</summary>
    public abstract int RealCount { get; }

    /// <summary>Inserts the own row of a number. Returns what notes it in the ledger once it is acknowledged.</summary>
    public abstract Task<Action<Ledger>> InsertAsync(int number, DualWriteTransaction? transaction = null);

    /// <summary>Changes the own row of a number.</summary>
    public abstract Task ChangeAsync(Ledger ledger, int number, int round);

    /// <summary>Deletes the own row of a number.</summary>
    public abstract Task DeleteAsync(Ledger ledger, int number);

    /// <summary>Changes a row of the real data.</summary>
    public abstract Task ChangeRealAsync(Ledger ledger, int index, int round);

    /// <summary>Deletes a row of the real data, or brings a deleted one back. Only where no child refers to the table.</summary>
    public abstract Task ToggleRealAsync(Ledger ledger, int index);
}
