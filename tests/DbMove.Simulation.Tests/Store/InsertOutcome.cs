namespace DbMove.Simulation.Tests.Store;

/// <summary>What became of an insert.</summary>
internal enum InsertOutcome
{
    /// <summary>It must wait for another transaction.</summary>
    Blocked,

    /// <summary>A row with that key is there.</summary>
    Exists,

    /// <summary>The row is in.</summary>
    Done,
}
