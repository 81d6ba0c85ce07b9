namespace DbMove;

/// <summary>What a full validation found in one entity.</summary>
/// <param name="Entity">The entity's wire name.</param>
/// <param name="RowsCompared">Keys that were compared, on whichever side they were.</param>
/// <param name="MissingInTarget">Confirmed: the target lacks the row.</param>
/// <param name="Different">Confirmed: the rows differ.</param>
/// <param name="MissingInSource">Confirmed: the source lacks the row.</param>
/// <param name="Undecided">Keys that stayed pending to the last round.</param>
public sealed record ValidationEntityReport(string Entity, long RowsCompared, long MissingInTarget, long Different, long MissingInSource, long Undecided)
{
    /// <summary>All confirmed differences.</summary>
    public long Differences => MissingInTarget + Different + MissingInSource;
}
