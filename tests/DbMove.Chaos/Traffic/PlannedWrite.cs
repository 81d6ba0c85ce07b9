using DbMove.Chaos.Ledger;

namespace DbMove.Chaos.Traffic;

/// <summary>A write that a writer is about to make.</summary>
/// <param name="Kind">What kind, for the ledger.</param>
/// <param name="Changes">What it will do, for the ledger.</param>
/// <param name="RunAsync">Makes it, with the write's running number; returns the key that the database made, or nothing.</param>
internal sealed record PlannedWrite(string Kind, IReadOnlyList<RowChange> Changes, Func<long, Task<string>> RunAsync);
