namespace DbMove.Generators.Tests.Methods;

public sealed class MethodParameterTypeTests() : MethodRuleTests("DBM1036")
{
    private const string Formed =
        """
        [Migratable, Table("shapes")]
        public sealed partial class Shape
        {
            public long Id { get; set; }
            public int[] Sizes { get; set; } = [];
            [StoreAsText(Side.Target)] public OrderState? State { get; set; }
            public OrderState Kind { get; set; }
        }

        [Repository<Shape>]
        public sealed partial class Elsewhere {

        """;

    protected override IReadOnlyList<string> Wrong =>
    [
        """
        [Sql("DELETE FROM orders WHERE id = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE @p >= orders.total")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE orders SET state = @p")] public partial Task<int> RunAsync(int p);
        """,
        """
        [Sql("UPDATE orders SET total = 1, count = @p WHERE total = 0")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("INSERT INTO orders (id, word, total) VALUES (1, '', 0), (2, '', @p)")] public partial Task<int> RunAsync(bool p);
        """,
        """
        [Sql("DELETE FROM orders WHERE state NOT IN ('New', @p)")] public partial Task<int> RunAsync(long p);
        """,
        """
        [Sql("DELETE FROM orders WHERE count BETWEEN 1 AND @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE count IS DISTINCT FROM @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE word LIKE @p")] public partial Task<int> RunAsync(int p);
        """,
        """
        [Sql("DELETE FROM orders WHERE state = @p OR number = @p")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("DELETE FROM orders WHERE total + 1 > @p")] public partial Task<int> RunAsync(Opaque p);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0 AND id = @p")] public partial Task<int> RunAsync(long[] p);
        """,
        Formed + """
        [Sql("UPDATE shapes SET sizes = @p")] public partial Task<int> RunAsync(int[] p); }
        """,
        Formed + """
        [Sql("DELETE FROM shapes WHERE state = @p")] public partial Task<int> RunAsync(OrderState p); }
        """,
        Formed + """
        [Sql("DELETE FROM shapes WHERE state = @p", Target = "DELETE FROM shapes WHERE state = @p")] public partial Task<int> RunAsync(OrderState? p); }
        """,
        """
        [Sql("DELETE FROM orders USING people WHERE count = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE orders SET count = @p FROM people WHERE people.id = orders.id")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE orders SET count = @p WHERE id IN (SELECT order_id FROM people)")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE OR IGNORE orders SET count = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE EXTRACT(YEAR FROM placed) = 2020 AND count = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE count = @p::text")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE count = (@p)")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE count IS @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE orders SET (total, count) = (1, @p)")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE orders SET count = COALESCE(@p, count)")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE orders SET count = CASE WHEN total = 0 THEN @p ELSE count END")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("INSERT INTO orders (id, word, total) SELECT id, word, @p FROM people")] public partial Task<int> RunAsync(bool p);
        """,
        """
        [Sql("INSERT INTO orders (id, word) VALUES (1, '') ON CONFLICT (id) DO UPDATE SET count = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("WITH few AS (SELECT id FROM orders WHERE count = @p) DELETE FROM orders WHERE id IN (SELECT id FROM few)")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE id IN (SELECT order_id FROM people WHERE state = @p)")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("DELETE FROM orders WHERE state || '' = @p")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("UPDATE orders SET total = price + @p")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("UPDATE orders SET price = @p, total = total + @p")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("UPDATE orders SET price = @p", Target = "UPDATE orders SET total = @p + 1, price = @p")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders USING people WHERE price = @p AND people.fee = @p")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("UPDATE orders SET total = total * @p + price")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE (total + @p) * 2 > price")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE price IN (1, @p * 2)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE price BETWEEN 1 AND @p * 2")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE price > (SELECT MAX(fee) * @p FROM people)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE price = CASE WHEN total = 1 AND count = 1 THEN 2 * @p ELSE 0 END")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("INSERT INTO orders (id, word, price) VALUES (1, '', @p * 2)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE id IN (SELECT order_id FROM people WHERE price = @p)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE id IN (SELECT order_id FROM people WHERE total = @p)")] public partial Task<int> RunAsync(decimal p);
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        Formed + """
        [Sql("DELETE FROM shapes WHERE id = @p AND kind = @q AND state IS NOT NULL")] public partial Task<int> RunAsync(long p, OrderState q); }
        """,
        """
        [Sql("DELETE FROM orders WHERE id = @p")] public partial Task<int> RunAsync(OrderId p);
        """,
        """
        [Sql("DELETE FROM orders WHERE id = @p")] public partial Task<int> RunAsync(long p);
        """,
        """
        [Sql("DELETE FROM orders WHERE id = @p")] public partial Task<int> RunAsync(OrderId? p);
        """,
        """
        [Sql("UPDATE orders SET state = @p")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("UPDATE orders SET state = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE orders SET number = @p")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("UPDATE orders SET number = @p")] public partial Task<int> RunAsync(int p);
        """,
        """
        [Sql("UPDATE orders SET word = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE orders SET total = @p, count = @q")] public partial Task<int> RunAsync(int p, short q);
        """,
        """
        [Sql("UPDATE orders SET total = total * @p")] public partial Task<int> RunAsync(double p);
        """,
        """
        [Sql("DELETE FROM orders WHERE count || '' = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE id IN (SELECT order_id FROM people p WHERE p.count = @p)")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE count = @p - 1")] public partial Task<int> RunAsync(DateTime p);
        """,
        """
        [Sql("UPDATE orders SET state = @p FROM people WHERE people.id = orders.id")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("UPDATE orders SET price = @p WHERE id IN (SELECT order_id FROM people)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("SELECT count FROM orders WHERE @p IS NULL OR state = @p")] public partial Task<IReadOnlyList<long>> RunAsync(OrderState? p);
        """,
        """
        [Sql("DELETE FROM orders WHERE state = ANY(ARRAY[@p, 'New'])")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("UPDATE orders SET state = COALESCE(@p, state), price = COALESCE(price, @q)")] public partial Task<int> RunAsync(OrderState? p, decimal q);
        """,
        """
        [Sql("UPDATE orders SET total = total * @p")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("UPDATE orders SET price = price * @p")] public partial Task<int> RunAsync(double p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM people WHERE name = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM people JOIN orders o ON o.id = people.id AND people.number = @p")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("UPDATE orders SET price = @price, total = total * @factor")] public partial Task<int> RunAsync(decimal price, decimal factor);
        """,
        """
        [Sql("DELETE FROM orders WHERE price = 1 AND total * @p > 5")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE (price = 1 OR total * @p > 5) AND price < 9")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("INSERT INTO orders (id, word, price, total) VALUES (1, '', 5, @p * 2)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE id IN (SELECT order_id FROM people WHERE people.total = @p)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE id IN (SELECT order_id FROM people WHERE count = @p)")] public partial Task<int> RunAsync(long p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE @p IS NULL OR price = @p")] public partial Task<int> RunAsync(decimal? p);
        """,
    ];
}
