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

    private const string Folk =
        """
        [Migratable, Table("folk")]
        public sealed partial class Person
        {
            public long Id { get; set; }
            public int Age { get; set; }
            [StoreAsText] public OrderState State { get; set; }
            public OrderState Mood { get; set; }
            public decimal Price { get; set; }
        }

        public sealed partial class OrderRepository {

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
        [Sql("SELECT COUNT(*) FROM orders o JOIN people p ON p.id = o.id WHERE o.price = @p AND p.price = @p")] public partial Task<int> RunAsync(decimal p);
        """,
        Folk + """
        [Sql("SELECT COUNT(*) FROM orders o JOIN folk f ON f.id = o.id WHERE f.state = @p")] public partial Task<int> RunAsync(OrderState p); }
        """,
        Folk + """
        [Sql("SELECT COUNT(*) FROM orders o WHERE o.number = @p AND o.id IN (SELECT id FROM folk WHERE state = @p)")] public partial Task<int> RunAsync(OrderState p); }
        """,
        Folk + """
        [Sql("SELECT COUNT(*) FROM orders o JOIN folk f ON f.id = o.id WHERE o.price = @p AND f.price = @p")] public partial Task<int> RunAsync(decimal p); }
        """,
        """
        [Sql("DELETE FROM orders WHERE number = CAST(@p AS INTEGER) AND count = @p")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = @p AND price = CAST(@p AS BIGINT)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = CASE WHEN price > @p * 2 THEN 1 ELSE 2 END")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = CASE price WHEN 2 * @p THEN 1 ELSE 2 END")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("UPDATE orders SET price = CASE WHEN total > 2 THEN 100 ELSE 2 * @p END")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("INSERT INTO orders (id, word, price) VALUES (1, '', CASE WHEN 1 = 1 THEN 2 * @p ELSE 1 END)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM people p JOIN lines l ON l.id = p.id, orders o WHERE o.count = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders o WHERE o.total IS DISTINCT FROM (SELECT MAX(p.total) FROM people p WHERE o.count = @p)")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders o, LATERAL (SELECT 1 FROM people p WHERE o.count = @p) x")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM ((SELECT id FROM people) p JOIN orders o ON o.id = p.id) WHERE count = @p")] public partial Task<int> RunAsync(string p);
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
        """
        [Sql("DELETE FROM orders WHERE id IN (SELECT order_id FROM people WHERE total = @p)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders o JOIN people p ON p.id = o.id WHERE o.state = @p AND p.state = @p")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE state = @p AND id IN (SELECT order_id FROM people WHERE state = @p)")] public partial Task<int> RunAsync(OrderState p);
        """,
        Folk + """
        [Sql("SELECT COUNT(*) FROM orders o JOIN folk f ON f.id = o.id WHERE o.state = @p AND f.state = @p AND f.age > @q")] public partial Task<int> RunAsync(OrderState p, int q); }
        """,
        Folk + """
        [Sql("SELECT COUNT(*) FROM orders o JOIN folk f ON f.id = o.id WHERE f.state = @p AND f.mood = @q")] public partial Task<int> RunAsync(string p, OrderState q); }
        """,
        Folk + """
        [Sql("SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM folk WHERE price = @p)")] public partial Task<int> RunAsync(decimal p); }
        """,
        """
        [Sql("SELECT COUNT(*) FROM people WHERE state = @p")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE CAST(@p AS TEXT) IS NULL OR state = @p")] public partial Task<int> RunAsync(OrderState? p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE @p::varchar(20) IS NULL OR state = @p")] public partial Task<int> RunAsync(OrderState? p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE @p::pg_catalog.text[] IS NOT NULL OR @q::timestamp(3) with time zone IS NULL OR state = @p OR state = @q")] public partial Task<int> RunAsync(OrderState? p, OrderState? q);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE @p ISNULL OR state = @p")] public partial Task<int> RunAsync(OrderState? p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE @p NOTNULL AND price = @p")] public partial Task<int> RunAsync(decimal? p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE @p NOT NULL AND price = @p")] public partial Task<int> RunAsync(decimal? p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE ISNULL(@p) OR price = @p")] public partial Task<int> RunAsync(decimal? p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE state = CAST(@p AS TEXT) OR CAST(@p AS TEXT) IS NULL")] public partial Task<int> RunAsync(OrderState? p);
        """,
        """
        [Sql("DELETE FROM orders WHERE count = CAST(@p AS BIGINT) AND total > CAST(@q AS NUMERIC(10, 2))")] public partial Task<int> RunAsync(string p, int q);
        """,
        """
        [Sql("DELETE FROM orders WHERE count = @p::bigint")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE number = @p AND count = CAST(@p AS BIGINT)")] public partial Task<int> RunAsync(OrderState p);
        """,
        """
        [Sql("UPDATE orders SET price = CASE WHEN total * 2 > @p THEN 100 ELSE 200 END")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("UPDATE orders SET price = CASE total WHEN @p * 2 THEN 100 ELSE 200 END")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("UPDATE orders SET total = CASE WHEN price = 1 AND count = 2 THEN total * @p ELSE total END")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("UPDATE orders SET total = CASE WHEN price = 1 AND total * @p > 2 THEN price ELSE 0 END")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("INSERT INTO orders (id, word, price) VALUES (1, '', CASE WHEN 2 > 2 * @p THEN 1 ELSE 2 END)")] public partial Task<int> RunAsync(decimal p);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders o WHERE o.total IS DISTINCT FROM (SELECT MAX(p.total) FROM people p WHERE o.state = @p)")] public partial Task<int> RunAsync(OrderState p);
        """,
    ];
}
