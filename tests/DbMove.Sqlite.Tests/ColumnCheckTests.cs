using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Sqlite.Schema;

namespace DbMove.Sqlite.Tests;

public sealed class ColumnCheckTests
{
    [Theory]
    [InlineData(ColumnType.Int32, "INTEGER", true)]
    [InlineData(ColumnType.Int32, "TEXT", true)]
    [InlineData(ColumnType.Int32, "REAL", true)]
    [InlineData(ColumnType.Int64, "REAL", false)]
    [InlineData(ColumnType.Int64, "NUMERIC", true)]
    [InlineData(ColumnType.Int64, "BLOB", false)]
    [InlineData(ColumnType.Boolean, "BOOLEAN", true)]
    [InlineData(ColumnType.Decimal, "TEXT", true)]
    [InlineData(ColumnType.Decimal, "VARCHAR(40)", true)]
    [InlineData(ColumnType.Decimal, "", true)]
    [InlineData(ColumnType.Decimal, "DECIMAL(15,2)", true)]
    [InlineData(ColumnType.Decimal, "NUMERIC(10)", true)]
    [InlineData(ColumnType.Decimal, "DECIMAL(16,2)", false)]
    [InlineData(ColumnType.Decimal, "DECIMAL", false)]
    [InlineData(ColumnType.Decimal, "NUMERIC", false)]
    [InlineData(ColumnType.Decimal, "MONEY", false)]
    [InlineData(ColumnType.Decimal, "REAL", false)]
    [InlineData(ColumnType.Decimal, "INTEGER", false)]
    [InlineData(ColumnType.Decimal, "BLOB", false)]
    [InlineData(ColumnType.Double, "REAL", true)]
    [InlineData(ColumnType.Double, "DOUBLE PRECISION", true)]
    [InlineData(ColumnType.Double, "NUMERIC", true)]
    [InlineData(ColumnType.Double, "TEXT", false)]
    [InlineData(ColumnType.Single, "VARCHAR(10)", false)]
    [InlineData(ColumnType.String, "TEXT", true)]
    [InlineData(ColumnType.String, "NVARCHAR(160)", true)]
    [InlineData(ColumnType.String, "", true)]
    [InlineData(ColumnType.String, "INTEGER", false)]
    [InlineData(ColumnType.String, "STRING", false)]
    [InlineData(ColumnType.String, "JSON", false)]
    [InlineData(ColumnType.String, "BLOB", false)]
    [InlineData(ColumnType.Char, "NUMERIC", false)]
    [InlineData(ColumnType.Guid, "TEXT", true)]
    [InlineData(ColumnType.Guid, "UNIQUEIDENTIFIER", true)]
    [InlineData(ColumnType.Guid, "BLOB", true)]
    [InlineData(ColumnType.Guid, "INTEGER", false)]
    [InlineData(ColumnType.DateTime, "DATETIME", true)]
    [InlineData(ColumnType.DateTime, "TEXT", true)]
    [InlineData(ColumnType.DateTime, "INTEGER", false)]
    [InlineData(ColumnType.DateTime, "REAL", false)]
    [InlineData(ColumnType.DateTimeOffset, "TIMESTAMP", true)]
    [InlineData(ColumnType.DateOnly, "DATE", true)]
    [InlineData(ColumnType.TimeOnly, "TIME", true)]
    [InlineData(ColumnType.TimeSpan, "INTERVAL", true)]
    [InlineData(ColumnType.TimeSpan, "BLOB", false)]
    [InlineData(ColumnType.Bytes, "BLOB", true)]
    [InlineData(ColumnType.Bytes, "VARBINARY(16)", true)]
    [InlineData(ColumnType.Bytes, "INTEGER", false)]
    public void A_member_fits_what_gives_it_back(ColumnType type, string declared, bool fits) => Check(type, declared, isKey: false, fits);

    [Theory]
    [InlineData(ColumnType.Int64, "INTEGER", true)]
    [InlineData(ColumnType.Int32, "TEXT", false)]
    [InlineData(ColumnType.String, "TEXT", true)]
    [InlineData(ColumnType.Guid, "TEXT", true)]
    [InlineData(ColumnType.Guid, "BLOB", false)]
    [InlineData(ColumnType.DateTime, "DATETIME", true)]
    [InlineData(ColumnType.TimeSpan, "TEXT", false)]
    [InlineData(ColumnType.Decimal, "TEXT", false)]
    public void A_key_fits_what_also_sorts_it(ColumnType type, string declared, bool fits) => Check(type, declared, isKey: true, fits);

    [Theory]
    [InlineData(ColumnType.String)]
    [InlineData(ColumnType.Decimal)]
    public async Task Only_a_strict_table_keeps_anything_in_an_ANY_column(ColumnType type)
    {
        await using TestFile file = await TestFile.CreateAsync("CREATE TABLE t (k INTEGER PRIMARY KEY, c ANY) STRICT", "CREATE TABLE loose (c ANY)");
        ColumnDescriptor member = new() { Ordinal = 0, Member = "M", SourceName = "c", TargetName = "c", Type = type };
        Assert.Null(file.Database.CheckColumn(member, (await file.DescribeAsync("t")).FindColumn("c")!));
        Assert.NotNull(file.Database.CheckColumn(member, (await file.DescribeAsync("loose")).FindColumn("c")!));
    }

    private static void Check(ColumnType type, string declared, bool isKey, bool fits)
    {
        DeclaredType parsed = DeclaredType.Parse(declared, isStrict: false);
        ColumnSchema schema = new() { Name = "c", DeclaredType = declared, Kind = parsed.Kind, Precision = parsed.Precision, Scale = parsed.Scale };
        ColumnDescriptor member = new() { Ordinal = 0, Member = "M", SourceName = "c", TargetName = "c", Type = type, KeyOrdinal = isKey ? 0 : -1 };

        string? fault = ColumnCheck.Run(member, schema);

        Assert.Equal(fits, fault is null);
        if (fault is not null)
        {
            Assert.Contains("Member M", fault, StringComparison.Ordinal);
            Assert.Matches("Declare|Use an", fault);
        }
    }
}
