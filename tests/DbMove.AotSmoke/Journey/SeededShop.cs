using System.Globalization;
using DbMove.AotSmoke.Databases;

namespace DbMove.AotSmoke.Journey;

/// <summary>The rows that were there before, and what plain SQL does to them on the target later.</summary>
internal sealed class SeededShop(SmokeDatabase source, SmokeDatabase target)
{
    public const int Orders = 2_000;

    /// <summary>Rows that <see cref="DamageAsync"/> damages.</summary>
    public const int Damaged = 15;

    /// <summary>Fills the source past the service, as the years before have.</summary>
    public async Task CreateAsync()
    {
        await source.RunAsync(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO orders (customer_name, status, line_count, total, placed_at, updated_at)
            WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < {Orders})
            SELECT 'old ' || id, 0, 1, id, '2020-01-01 00:00:00+00:00', '2020-01-01 00:00:00+00:00' FROM n
            """));
        await source.RunAsync("INSERT INTO \"OrderLine\" (order_id, line, sku, quantity, unit_price) SELECT id, 1, 'old', 1, id FROM orders");
    }

    /// <summary>Behind DbMove's back: lines that are missing, orders that differ, lines that are too many.</summary>
    public async Task DamageAsync()
    {
        int missing = await target.RunAsync("DELETE FROM order_lines WHERE order_id BETWEEN 101 AND 105 AND line = 1");
        int different = await target.RunAsync("UPDATE sales_orders SET customer = 'damaged' WHERE id BETWEEN 201 AND 205");
        int extra = await target.RunAsync("INSERT INTO order_lines (order_id, line, article, quantity, unit_price) SELECT id, 99, 'extra', 1, 1 FROM sales_orders WHERE id BETWEEN 301 AND 305");
        SmokeException.Require(missing + different + extra == Damaged, $"{missing + different + extra} rows were damaged, not {Damaged}");
    }

    /// <summary>How many damaged rows are not whole again.</summary>
    public async Task<long> CountDamagedAsync() =>
        5 - await target.CountAsync("SELECT count(*) FROM order_lines WHERE order_id BETWEEN 101 AND 105 AND line = 1 AND article = 'old' AND quantity = 1")
        + await target.CountAsync("SELECT count(*) FROM sales_orders WHERE customer = 'damaged'")
        + await target.CountAsync("SELECT count(*) FROM order_lines WHERE line = 99");
}
