using DbMove.AdoNet.Readers;

namespace DbMove.AdoNet.Execution;

/// <summary>What a command did, read to its end.</summary>
internal sealed class CommandOutcome
{
    /// <summary>Its results, in order.</summary>
    public List<ResultRows> Results { get; } = [];

    /// <summary>Rows changed; -1 while no statement changes any.</summary>
    public int Affected { get; private set; } = -1;

    /// <summary>Adds the rows that a statement changed.</summary>
    public void Count(int rows) => Affected = rows < 0 ? Affected : Math.Max(Affected, 0) + rows;
}
