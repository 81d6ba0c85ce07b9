namespace DbMove.Protocol.Tests.Setup;

/// <summary>Statements whose parameters meet no column, and results that are no column's.</summary>
public sealed partial class BillRepository
{
    [Sql("DELETE FROM bill WHERE total * 2 < @limit")]
    public partial Task<int> DeleteBelowHalfOfAsync(decimal limit);

    [Sql("DELETE FROM bill WHERE total < @limit")]
    public partial Task<int> DeleteBelowAsync(decimal limit);

    [Sql("DELETE FROM bill WHERE total = @total")]
    public partial Task<int> DeleteOfAsync(decimal total);

    [Sql("SELECT COUNT(*) FROM bill WHERE @least IS NULL OR total + 0 >= @least")]
    public partial Task<int> CountFromAsync(decimal? least);

    [Sql("SELECT CAST(@at AS TEXT) FROM bill WHERE id = 1")]
    public partial Task<string> TextOfAsync(DateTime at);

    [Sql("SELECT COUNT(*) FROM bill WHERE CAST('2020-01-02 10:00:00+00' AS TIMESTAMPTZ) = @at")]
    public partial Task<int> CountAtInstantAsync(DateTime at);

    [Sql("SELECT COUNT(*) FROM bill WHERE CAST('2020-01-02 10:00:00' AS TIMESTAMP) = @at")]
    public partial Task<int> CountAtTimeAsync(DateTime at);

    [Sql("SELECT 'Paid' FROM bill WHERE id = 1")]
    public partial Task<long> WordAsNumberAsync();

    [Sql("SELECT 'Paid' FROM bill WHERE id = 1")]
    public partial Task<decimal> WordAsDecimalAsync();

    [Sql("SELECT 'Paid' FROM bill WHERE id = 1")]
    public partial Task<Carriage> WordAsEnumAsync();

    [Sql("SELECT 'true' FROM bill WHERE id = 1")]
    public partial Task<bool> WordAsTruthAsync();

    [Sql("SELECT '2020-01-02 10:00:00+01:00' FROM bill WHERE id = 1")]
    public partial Task<DateTime> InstantAsync();
}
