namespace DbMove.Dialects;

/// <summary>How a transaction takes its side's fence.</summary>
public enum FenceMode
{
    /// <summary>Not at all: reads, and writes in the stages without a fence.</summary>
    None,

    /// <summary>Shared, before anything else in the transaction: every write.</summary>
    Shared,

    /// <summary>Exclusive: a switch. Waits for every shared holder and makes new ones wait.</summary>
    Exclusive,
}
