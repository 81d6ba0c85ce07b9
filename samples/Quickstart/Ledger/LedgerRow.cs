using Quickstart.Databases;
using Quickstart.Shop;

namespace Quickstart.Ledger;

/// <summary>One row of a write: its key, and the row as it is after it. No row: it is deleted.</summary>
internal sealed record LedgerRow
{
    public required string Table { get; init; }

    /// <summary>The customer's or order's id; absent at the beginning of an insert, when the database has not numbered it yet.</summary>
    public long? Id { get; init; }

    /// <summary>The line number; order lines only.</summary>
    public int? Line { get; init; }

    public Customer? Customer { get; init; }

    public Order? Order { get; init; }

    public OrderLine? OrderLine { get; init; }

    public object? Row => (object?)Customer ?? (object?)Order ?? OrderLine;

    public RowKey Key => new(Array.Find(ShopSql.Tables, table => ShopSql.TableName(table) == Table), Id ?? 0, Line ?? 0);

    public static LedgerRow Of(RowKey key, object? row) => new()
    {
        Table = ShopSql.TableName(key.Table),
        Id = key.Id == 0 ? null : key.Id,
        Line = key.Table == ShopTable.OrderLines ? key.Line : null,
        Customer = row as Customer,
        Order = row as Order,
        OrderLine = row as OrderLine,
    };
}
