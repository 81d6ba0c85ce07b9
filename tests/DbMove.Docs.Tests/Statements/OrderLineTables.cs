using DbMove.Dialects;
using DbMove.Mapping;
using Shop;

namespace DbMove.Docs.Tests.Statements;

/// <summary>The tables of <see cref="OrderLine"/> on both sides, as catalogues describe them.</summary>
internal static class OrderLineTables
{
    public const string SqliteSource = "CREATE TABLE order_lines (order_id INTEGER, line INTEGER, sku TEXT NOT NULL, price DECIMAL(12, 2), changed_at TEXT NOT NULL, PRIMARY KEY (order_id, line))";

    public const string SqliteTarget = "CREATE TABLE lines (order_id INTEGER, line INTEGER, article TEXT NOT NULL, price DECIMAL(12, 2), changed_at TEXT NOT NULL, PRIMARY KEY (order_id, line))";

    public static StoreDefinition Define(Side side, TableSchema table) => new()
    {
        Entity = OrderLineMap.Descriptor,
        Side = side,
        Table = table,
        Control = new ControlNames("shop"),

        // What is coarser of the two dialects: microseconds.
        TimeGranularity = [.. OrderLineMap.Descriptor.Columns.Select(column => column.Type == ColumnType.DateTimeOffset ? 10L : 0)],
    };

    /// <summary>What PostgreSQL's catalogue says of such a table; no server is needed to compose statements.</summary>
    public static TableSchema DescribePostgreSql(Side side)
    {
        EntityDescriptor entity = OrderLineMap.Descriptor;
        return new TableSchema
        {
            Name = entity.TableOn(side),
            PhysicalId = "document",
            Columns = [.. entity.Columns.Select(column => TypeOf(column) with { Name = column.NameOn(side) })],
            PrimaryKey = [.. entity.KeyColumns.Select(column => column.NameOn(side))],
        };
    }

    private static ColumnSchema TypeOf(ColumnDescriptor column) => column.Member switch
    {
        nameof(OrderLine.OrderId) => new ColumnSchema { Name = "", DeclaredType = "bigint", Kind = StorageKind.Integer, Bits = 64 },
        nameof(OrderLine.Line) => new ColumnSchema { Name = "", DeclaredType = "integer", Kind = StorageKind.Integer, Bits = 32 },
        nameof(OrderLine.Sku) => new ColumnSchema { Name = "", DeclaredType = "text", Kind = StorageKind.Text },
        nameof(OrderLine.Price) => new ColumnSchema { Name = "", DeclaredType = "numeric(12,2)", Kind = StorageKind.Decimal, Precision = 12, Scale = 2, IsNullable = true },
        nameof(OrderLine.ChangedAt) => new ColumnSchema { Name = "", DeclaredType = "timestamp with time zone", Kind = StorageKind.Instant, TimeGranularity = 10 },
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Member, "The document's tables lack a column for this member."),
    };
}
