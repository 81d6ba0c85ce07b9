using Quickstart.Shop;

namespace Quickstart.Seeding;

/// <summary>
/// The shop before anyone writes: a function of seed and size. Nothing is kept; every row can be made again from its key, so
/// readers and the final check know what an untouched row must be.
/// </summary>
internal sealed class SeededShop(int seed, int orders)
{
    private static readonly DateTimeOffset s_opening = new(2023, 1, 2, 8, 0, 0, TimeSpan.Zero);

    public int Seed { get; } = seed;

    public int Orders { get; } = orders;

    /// <summary>A customer places about 16 orders.</summary>
    public int Customers { get; } = Math.Max(200, orders / 16);

    /// <summary>The row of a key; null when the seed has none.</summary>
    public object? Find(RowKey key) => key.Table switch
    {
        ShopTable.Customers => key.Id >= 1 && key.Id <= Customers ? CustomerOf(key.Id) : null,
        ShopTable.Orders => key.Id >= 1 && key.Id <= Orders ? OrderOf(key.Id) : null,
        _ => key.Id >= 1 && key.Id <= Orders && key.Line >= 1 && key.Line <= LineCount(key.Id) ? LineOf(key.Id, key.Line) : null,
    };

    /// <summary>All rows of a table in key order.</summary>
    public IEnumerable<object> Rows(ShopTable table)
    {
        for (long id = 1; id <= (table == ShopTable.Customers ? Customers : Orders); id++)
        {
            switch (table)
            {
                case ShopTable.Customers:
                    yield return CustomerOf(id);
                    break;
                case ShopTable.Orders:
                    yield return OrderOf(id);
                    break;
                default:
                    for (int line = 1; line <= LineCount(id); line++)
                    {
                        yield return LineOf(id, line);
                    }

                    break;
            }
        }
    }

    /// <summary>One line in 55 of 100 orders, two in 30, three in 15.</summary>
    public int LineCount(long order) => For(ShopTable.Orders, order).Below(0, 100) switch
    {
        < 55 => 1,
        < 85 => 2,
        _ => 3,
    };

    private Customer CustomerOf(long id)
    {
        Draw draw = For(ShopTable.Customers, id);
        return new Customer
        {
            Id = id,
            Name = $"{Pick(Catalogue.FirstNames, draw, 1)} {Pick(Catalogue.LastNames, draw, 2)}",
            Email = $"customer{id}@example.com",
            City = Pick(Catalogue.Cities, draw, 3),
            Since = new DateOnly(2018, 1, 1).AddDays(draw.Below(4, 1_800)),
        };
    }

    private Order OrderOf(long id)
    {
        Draw draw = For(ShopTable.Orders, id);
        DateTimeOffset placed = s_opening.AddSeconds(id * 300).AddMilliseconds(draw.Below(1, 300_000));

        // Few customers place many orders.
        double rank = draw.Unit(2);
        return new Order
        {
            Id = id,
            Reference = $"S-{id:D8}",
            CustomerId = 1 + (long)(rank * rank * Customers),
            Status = (OrderStatus)draw.Below(3, 4),
            Total = Enumerable.Range(1, LineCount(id)).Select(line => LineOf(id, line)).Sum(line => line.Quantity * line.UnitPrice),
            Note = draw.Below(4, 100) < 12 ? Pick(Catalogue.Notes, draw, 5) : null,
            PlacedAt = placed,
            UpdatedAt = placed.AddMilliseconds(draw.Below(6, 400_000_000)),
        };
    }

    private OrderLine LineOf(long order, int line)
    {
        Draw draw = For(ShopTable.OrderLines, (order * 8) + line);
        return new OrderLine
        {
            OrderId = order,
            LineNumber = line,
            Sku = $"SKU-{draw.Below(1, 5_000):D4}",
            Quantity = 1 + draw.Below(2, 5),
            UnitPrice = (99 + draw.Below(3, 19_900)) / 100m,
        };
    }

    private Draw For(ShopTable table, long id) => new(Seed, (int)table, id);

    private static string Pick(string[] values, Draw draw, int field) => values[draw.Below(field, values.Length)];
}
