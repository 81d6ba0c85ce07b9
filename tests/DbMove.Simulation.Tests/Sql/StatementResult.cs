namespace DbMove.Simulation.Tests.Sql;

/// <summary>What a statement answers.</summary>
internal sealed class StatementResult
{
    public List<object?[]> Rows { get; set; } = [];

    public int Affected { get; set; }
}
