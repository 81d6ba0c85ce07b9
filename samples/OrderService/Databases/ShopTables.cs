using DbMove;

namespace OrderService.Databases;

/// <summary>The shop's tables on either side: the old names on the source, the new ones on the target.</summary>
internal static class ShopTables
{
    public static string Script(Side side, ColumnTypes types)
    {
        bool isSource = side == Side.Source;
        string orders = isSource ? "orders" : "sales_orders";
        return $"""
            CREATE TABLE IF NOT EXISTS {orders} (
                id {types.Number},
                {(isSource ? "customer_name" : "customer")} VARCHAR(200) NOT NULL,
                status SMALLINT NOT NULL,
                line_count INTEGER NOT NULL,
                total NUMERIC(15,2) NOT NULL,
                note TEXT,
                placed_at {types.Instant} NOT NULL,
                updated_at {types.Instant} NOT NULL);
            CREATE TABLE IF NOT EXISTS {(isSource ? "\"OrderLine\"" : "order_lines")} (
                order_id BIGINT NOT NULL REFERENCES {orders} (id),
                line INTEGER NOT NULL,
                {(isSource ? "sku" : "article")} VARCHAR(60) NOT NULL,
                quantity SMALLINT NOT NULL,
                unit_price NUMERIC(12,2) NOT NULL,
                PRIMARY KEY (order_id, line));
            CREATE TABLE IF NOT EXISTS parcels (
                id {types.Guid} NOT NULL PRIMARY KEY,
                order_id BIGINT NOT NULL REFERENCES {orders} (id),
                state INTEGER NOT NULL,
                {(isSource ? "is_fragile" : "fragile")} BOOLEAN NOT NULL,
                weight DOUBLE PRECISION,
                sent_at {types.Instant},
                due_on DATE,
                due_by TIME,
                seal {types.Bytes},
                note TEXT);
            CREATE INDEX IF NOT EXISTS parcels_by_order ON parcels (order_id);
            """;
    }
}
