namespace DbMove.Protocol.Tests.Setup;

/// <summary>Statements whose parameters meet more than one column.</summary>
public sealed partial class FeeRepository
{
    [Sql("SELECT COUNT(*) FROM fee WHERE low = @amount OR high = @amount")]
    public partial Task<int> CountOfAsync(decimal amount);

    [Sql("SELECT COUNT(*) FROM fee WHERE low < @amount AND high < @amount")]
    public partial Task<int> CountBelowAsync(decimal amount);
}
