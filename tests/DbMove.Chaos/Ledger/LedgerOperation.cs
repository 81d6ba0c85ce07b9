namespace DbMove.Chaos.Ledger;

/// <summary>A write as its ledger has it.</summary>
/// <param name="Sequence">The writer's running number.</param>
/// <param name="Kind">What kind of write.</param>
/// <param name="StartedAt">When the intent to write was written down, milliseconds since 1970 UTC.</param>
/// <param name="Changes">The rows.</param>
internal sealed record LedgerOperation(long Sequence, string Kind, long StartedAt, IReadOnlyList<RowChange> Changes)
{
    public Outcome Outcome { get; set; }

    /// <summary>When the answer came; null: none did.</summary>
    public long? EndedAt { get; set; }

    /// <summary>The exception, or the key that the database made.</summary>
    public string Detail { get; set; } = "";

    /// <summary>Whether a transfer between shared rows, of which nothing is written down.</summary>
    public bool IsShared => Changes.Count == 0;
}
