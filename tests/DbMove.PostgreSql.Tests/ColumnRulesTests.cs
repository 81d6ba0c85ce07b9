using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

public sealed class ColumnRulesTests(PostgreSqlServer server)
{
    [Theory]
    [InlineData(ColumnType.Boolean, "boolean smallint bigint", "text numeric")]
    [InlineData(ColumnType.Byte, "smallint integer bigint numeric numeric(3)", "boolean numeric(2) real text")]
    [InlineData(ColumnType.UInt16, "integer numeric(5)", "smallint numeric(5,1)")]
    [InlineData(ColumnType.Int32, "integer bigint numeric(10)", "smallint numeric(9)")]
    [InlineData(ColumnType.UInt32, "bigint", "integer")]
    [InlineData(ColumnType.Int64, "bigint numeric numeric(19) numeric(21,2)", "integer numeric(18) double_precision")]
    [InlineData(ColumnType.UInt64, "numeric numeric(20)", "bigint numeric(19)")]
    [InlineData(ColumnType.Decimal, "numeric numeric(10,2)", "double_precision bigint money text")]
    [InlineData(ColumnType.Double, "double_precision", "real numeric")]
    [InlineData(ColumnType.Single, "real double_precision", "numeric")]
    [InlineData(ColumnType.String, "text varchar varchar(5) char(5) json jsonb xml", "uuid integer timestamptz text[] bytea")]
    [InlineData(ColumnType.Char, "text char(1) varchar(1)", "integer json")]
    [InlineData(ColumnType.Guid, "uuid text varchar(36) char(36)", "varchar(35) bytea")]
    [InlineData(ColumnType.DateTime, "timestamp timestamptz timestamp(0)", "date text")]
    [InlineData(ColumnType.DateTimeOffset, "timestamptz", "timestamp timetz")]
    [InlineData(ColumnType.DateOnly, "date", "timestamp")]
    [InlineData(ColumnType.TimeOnly, "time", "timetz interval")]
    [InlineData(ColumnType.TimeSpan, "interval", "time bigint")]
    [InlineData(ColumnType.Bytes, "bytea", "text bit(8)")]
    public Task A_member_goes_with_a_column_that_holds_all_its_values(ColumnType member, string fitting, string others) => CheckAsync(member, null, fitting, others);

    [Theory]
    [InlineData(ColumnType.String, "text[] varchar[] varchar(5)[] text varchar json jsonb", "varchar(500) char(500) integer[] xml")]
    [InlineData(ColumnType.Int32, "integer[] bigint[] text jsonb", "smallint[] text[] varchar(500)")]
    [InlineData(ColumnType.Decimal, "numeric[] text", "numeric(10,2)[] double_precision[]")]
    public Task An_array_goes_with_a_column_that_holds_all_its_elements(ColumnType element, string fitting, string others) => CheckAsync(ColumnType.String, element, fitting, others);

    private async Task CheckAsync(ColumnType member, ColumnType? element, string fitting, string others)
    {
        string[] good = Types(fitting);
        string[] bad = Types(others);
        string columns = string.Join(", ", good.Concat(bad).Select((type, index) => $"c{index} {type}"));
        await using TestDatabase test = await TestDatabase.CreateAsync(server, $"CREATE TABLE t ({columns});");
        TableSchema table = await test.DescribeAsync("t");
        for (int index = 0; index < table.Columns.Count; index++)
        {
            string? problem = test.Database.CheckColumn(Member(member, table.Columns[index].Name) with { ElementType = element }, table.Columns[index]);
            if (index < good.Length)
            {
                Assert.True(problem is null, problem);
            }
            else
            {
                Assert.True(problem is not null, $"{member} goes with {table.Columns[index].DeclaredType}.");
                Assert.Contains($"\"c{index}\"", problem, StringComparison.Ordinal);
                Assert.Contains(table.Columns[index].DeclaredType, problem, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task What_the_database_computes_or_always_numbers_is_not_written()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(
            server, "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a) STORED, c integer GENERATED ALWAYS AS IDENTITY);");
        TableSchema table = await test.DescribeAsync("t");
        Assert.Contains("Computed", test.Database.CheckColumn(Member(ColumnType.Int32, "b"), table.FindColumn("b")!), StringComparison.Ordinal);
        Assert.Null(test.Database.CheckColumn(Member(ColumnType.Int32, "b") with { Generated = GeneratedValue.Computed }, table.FindColumn("b")!));
        Assert.Contains("BY DEFAULT", test.Database.CheckColumn(Member(ColumnType.Int32, "c"), table.FindColumn("c")!), StringComparison.Ordinal);
        Assert.Null(test.Database.CheckColumn(Member(ColumnType.Int32, "c") with { KeyOrdinal = 0 }, table.FindColumn("c")!));
    }

    private static string[] Types(string names) => [.. names.Split(' ').Select(name => name.Replace('_', ' '))];

    private static ColumnDescriptor Member(ColumnType type, string column) =>
        new() { Ordinal = 0, Member = "Member", SourceName = column, TargetName = column, Type = type };
}
