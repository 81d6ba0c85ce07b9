namespace DbMove.Protocol.Tests.Setup;

/// <summary>A statement whose parameter meets two columns of times.</summary>
public sealed partial class ShiftRepository
{
    [Sql("SELECT COUNT(*) FROM shift WHERE begins = @at OR ends = @at")]
    public partial Task<int> CountAtAsync(DateTime at);
}
