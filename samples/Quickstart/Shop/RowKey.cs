namespace Quickstart.Shop;

/// <summary>The key of any row of the shop, for what looks at all three tables alike. The line is 0 but in order lines.</summary>
internal readonly record struct RowKey(ShopTable Table, long Id, int Line = 0) : IComparable<RowKey>
{
    public static RowKey Of(object row) => row switch
    {
        Customer customer => new(ShopTable.Customers, customer.Id),
        Order order => new(ShopTable.Orders, order.Id),
        OrderLine line => new(ShopTable.OrderLines, line.OrderId, line.LineNumber),
        _ => throw new ArgumentException($"{row.GetType().Name} is no row of the shop.", nameof(row)),
    };

    public int CompareTo(RowKey other) => (Table, Id, Line).CompareTo((other.Table, other.Id, other.Line));

    public override string ToString() => Table switch
    {
        ShopTable.Customers => $"customers {Id}",
        ShopTable.Orders => $"orders {Id}",
        _ => $"order_lines {Id}/{Line}",
    };
}
