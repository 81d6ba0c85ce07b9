namespace DbMove.Chaos.Ledger;

/// <summary>What a writer learnt of a write.</summary>
internal enum Outcome
{
    /// <summary>Nothing: the process died, or the library said that the outcome is unknown.</summary>
    Unknown,

    /// <summary>It was reported as successful.</summary>
    Acknowledged,

    /// <summary>It was reported as certainly not committed.</summary>
    Failed,
}
