using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class AdoNetWriteAnalyzerTests() : UsageRuleTests("DBM2001")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        // Every way to a command.
        In("""sqlite.CreateCommand().CommandText = "UPDATE orders SET total = 0";"""),
        In("""using var command = new SqliteCommand("UPDATE orders SET total = 0", sqlite);"""),
        In("""using NpgsqlCommand command = new() { CommandText = "UPDATE orders SET total = 0", Connection = npgsql };"""),
        In("""await using var command = npgsqlSource.CreateCommand("UPDATE orders SET total = 0");"""),
        In("""await using DbCommand command = source.CreateCommand("UPDATE orders SET total = 0");"""),
        In("""IDbCommand command = bare.CreateCommand(); command.CommandText = "UPDATE orders SET total = 0";"""),
        In("""await using var batch = new NpgsqlBatch(npgsql); batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE orders SET total = 0"));"""),
        In("""await using var batch = connection.CreateBatch(); var part = batch.CreateBatchCommand(); part.CommandText = "UPDATE orders SET total = 0";"""),
        In("""connection = choice ? dualConnection : sqlite; connection.CreateCommand().CommandText = "DELETE FROM orders";"""),
        In("""DbConnection one = dualConnection; one = sqlite; one.CreateCommand().CommandText = "DELETE FROM orders";"""),

        // Every way to a text.
        In("""const string table = "orders"; sqlite.CreateCommand().CommandText = $"UPDATE {table} SET total = {ids.Length}";"""),
        In("""var sql = "DELETE FROM orders"; sql += " WHERE id = 1"; sqlite.CreateCommand().CommandText = sql;"""),
        In("""string sql; if (choice) sql = "SELECT 1"; else sql = "DELETE FROM orders"; sqlite.CreateCommand().CommandText = sql;"""),
        In("""sqlite.CreateCommand().CommandText = choice ? "SELECT 1" : "DELETE FROM orders";"""),
        In("""sqlite.CreateCommand().CommandText = Sql + " WHERE id = " + ids[0];""", """private static readonly string Sql = "UPDATE orders " + "SET total = 0";"""),
        In("""sqlite.CreateCommand().CommandText = Sql;""", """private static string Sql => "DELETE FROM orders";"""),
        In("""sqlite.CreateCommand().CommandText = Sql("1 = 1");""", """private static string Sql(string where) => $"DELETE FROM orders WHERE {where}";"""),
        In("""sqlite.CreateCommand().CommandText = string.Format("DELETE FROM {0} WHERE id = {1}", "orders", ids[0]);"""),
        In("""sqlite.CreateCommand().CommandText = string.Join("\n", "DELETE", "FROM orders", input);"""),
        In("sqlite.CreateCommand().CommandText = \"\"\"\n    DELETE\n    FROM orders\n    \"\"\".Trim();"),
        In("""sqlite.CreateCommand().CommandText = "DELETE FROM @t".Replace("@t", nameof(Order));""").Replace("nameof(Order)", "\"orders\"", StringComparison.Ordinal),
        In("""sqlite.CreateCommand().CommandText = "DELETE FROM orders" + input;"""),
        In("""sqlite.CreateCommand().CommandText = input switch { "a" => "SELECT 1", _ => "DELETE FROM orders" };"""),

        In("""sqlite.CreateCommand().CommandText = "UPDATE orders" + Environment.NewLine + "SET total = 0" + string.Empty;"""),
        In("""var command = sqlite.CreateCommand(); command.CommandText = "SELECT 1;"; command.CommandText += "DELETE FROM orders";"""),
        In("""var sql = "DELETE FROM "; sql += choice ? "archive" : "orders"; sqlite.CreateCommand().CommandText = sql;"""),

        In("""await using DbCommand command = Named("nightly", "DELETE FROM orders");""", "private static DbCommand Named(string name, string sql) => null!;"),
        In("Make(() => sqlite.CreateCommand());", """private static void Make<T>(Func<T> make) where T : DbCommand { T command = make(); command.CommandText = "DELETE FROM orders"; using T other = Text<T>("DELETE FROM orders"); } private static T Text<T>(string sql) where T : DbCommand => null!;"""),

        // Every way to write.
        .. Writes("INSERT INTO orders (id) VALUES (1)", "insert or ignore into orders values (1, 2)", "REPLACE INTO orders VALUES (1)", "UPDATE OR FAIL orders SET id = 1",
            "UPDATE ONLY orders AS o SET total = 0", "DELETE FROM ONLY orders", "MERGE INTO orders o USING fresh f ON o.id = f.id WHEN MATCHED THEN DELETE",
            "TRUNCATE orders", "TRUNCATE TABLE notes, orders CASCADE", "SELECT 1; DELETE FROM orders", "-- DELETE FROM notes;\nDELETE FROM orders", "/* a /* b */ c */ DELETE FROM orders",
            "WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone", "WITH r AS (SELECT 1) UPDATE orders SET total = 0", "EXPLAIN ANALYZE DELETE FROM orders", "EXPLAIN (ANALYZE, BUFFERS) DELETE FROM orders",
            "DO $body$ BEGIN IF true THEN DELETE FROM orders; END IF; END $body$", "INSERT INTO notes SELECT ';' FROM notes; DELETE FROM orders", "COPY orders (id) FROM STDIN",
            "ALTER TABLE orders DISABLE TRIGGER ALL; DELETE FROM orders", "CREATE TABLE t (rule text); DELETE FROM orders", "CREATE FUNCTION f() RETURNS int AS $$ SELECT 1; SELECT 2 $$ LANGUAGE sql; DELETE FROM orders",
            "CREATE TRIGGER t AFTER UPDATE ON notes BEGIN SELECT CASE WHEN 1 THEN 2 END; SELECT 1; END; DELETE FROM orders", "PREPARE p AS DELETE FROM orders",
            "DELETE o FROM orders o JOIN notes n ON n.id = o.id WHERE n.id = 1", "DELETE n.*, orders.* FROM notes AS n INNER JOIN orders USING (id)", "DELETE FROM o USING orders AS o JOIN notes n ON n.id = o.id", "DELETE QUICK public.orders FROM public.orders, notes",
            "UPDATE notes JOIN orders ON orders.id = notes.id SET orders.total = 0", "UPDATE notes n, orders AS o SET n.id = (SELECT max(id) FROM notes), o.total = 0 WHERE n.id = o.id", "UPDATE orders JOIN notes USING (id) SET total = 0",
            "LOAD DATA LOCAL INFILE 'f' REPLACE INTO TABLE orders FIELDS TERMINATED BY ','", "load xml infile 'f' into table orders",
            "WITH a AS (SELECT 1), b (id) AS NOT MATERIALIZED (SELECT max(id) FROM notes) DELETE FROM orders", "WITH a AS (WITH b AS (SELECT 1) DELETE FROM orders RETURNING id) SELECT 1"),

        // Every way to name the table, on either side.
        .. Writes("DELETE FROM ORDERS", "DELETE FROM \\\"orders\\\"", "DELETE FROM public.orders", "DELETE FROM \\\"public\\\".\\\"orders\\\"", "DELETE FROM `orders`", "DELETE FROM [orders]", "DELETE FROM main . orders",
            "DELETE FROM billing.invoices", "DELETE FROM invoices", "DELETE FROM bill", "DELETE FROM finance.bill"),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        // Through DbMove.
        In("""dualConnection.CreateCommand().CommandText = "UPDATE orders SET total = 0";"""),
        In("""await using DbCommand command = dual.CreateCommand("UPDATE orders SET total = 0");"""),
        In("""await using DbConnection one = await dual.OpenConnectionAsync(token).ConfigureAwait(false); await using var command = one.CreateCommand(); command.CommandText = "UPDATE orders SET total = 0";"""),
        In("""DbDataSource one = migration.CreateDataSource(); await using var two = await one.OpenConnectionAsync(); using var command = two.CreateCommand(); command.CommandText = "UPDATE orders SET total = 0";"""),
        In("""await using DbBatch batch = dualConnection.CreateBatch(); DbBatchCommand part = batch.CreateBatchCommand(); part.CommandText = "UPDATE orders SET total = 0";"""),

        In("""await using var command = Open(dual).CreateCommand(); command.CommandText = "UPDATE orders SET total = 0";""", "private static DbConnection Open(DualWriteDataSource source) => source.OpenConnection();"),

        // No write.
        .. Writes("SELECT * FROM orders FOR UPDATE", "SELECT * FROM orders FOR UPDATE OF orders", "SELECT 'DELETE FROM orders'", "SELECT E'\\\\'; DELETE FROM orders; \\\\''", "-- DELETE FROM orders", "/* DELETE FROM orders */ SELECT 1",
            "EXPLAIN DELETE FROM orders", "COPY orders TO STDOUT", "COPY (SELECT * FROM orders) TO STDOUT", "SELECT replace(customer, 'orders', '') FROM orders", "CREATE TABLE lines (id int REFERENCES orders ON DELETE CASCADE ON UPDATE CASCADE)",
            "CREATE TRIGGER t AFTER UPDATE ON notes BEGIN SELECT 1; DELETE FROM orders; END", "SELECT orders.\\\"update\\\" FROM orders", "SELECT $$DELETE FROM orders$$", "GRANT UPDATE, DELETE ON orders TO clerk",
            "SELECT can_delete AS delete FROM orders", "SELECT max(id) delete FROM orders", "WITH a AS (SELECT 1) SELECT max(id) delete FROM orders", "SELECT (SELECT 1) update, (SELECT 2) set FROM orders", "INSERT INTO notes SELECT max(id) delete FROM orders", "SELECT if(1, 2, 3) delete FROM orders",
            "LOAD DATA INFILE 'orders' INTO TABLE notes", "DELETE n FROM notes n JOIN orders o ON o.id = n.id", "DELETE FROM n USING notes AS n JOIN orders ON orders.id = n.id", "UPDATE notes JOIN orders o ON o.id = notes.id SET notes.id = o.id",
            "UPDATE orders JOIN notes ON orders.id = notes.id SET notes.id = f(orders.id, orders.total)", "CREATE RULE r AS ON DELETE TO notes DO ALSO (SELECT 1; DELETE FROM orders); SELECT 1"),

        // Another table.
        .. Writes("DELETE FROM orders_2024", "DELETE FROM preorders", "DELETE FROM orders.notes", "INSERT INTO notes SELECT * FROM orders", "UPDATE notes SET id = o.id FROM orders o", "DELETE FROM notes USING orders", "INSERT INTO notes (orders) VALUES (1) ON CONFLICT (orders) DO UPDATE SET orders = 2",
            "DELETE FROM shipping.invoices", "DELETE FROM finance.invoices", "INSERT INTO archive.orders SELECT * FROM orders", "DELETE FROM \\\"the orders\\\""),
        In("""sqlite.CreateCommand().CommandText = $"DELETE FROM orders_{ids[0]}";"""),
        In("""sqlite.CreateCommand().CommandText = $"DELETE FROM {input}orders";"""),
        In("""sqlite.CreateCommand().CommandText = $"UPDATE orders{ids[0]} SET total = 0";"""),
        In("""sqlite.CreateCommand().CommandText = $"INSERT INTO orders{ids[0]} (id) VALUES (1)";"""),
        In("""var sql = "SELECT 1"; sqlite.CreateCommand().CommandText = sql; Other(); static string Other() { var sql = "x"; sql = "DELETE FROM orders"; return sql; }"""),
        In("""sqlite.CreateCommand().CommandText = $"DELETE FROM {input}";"""),
        In("""await using DbCommand command = Named("DELETE FROM orders", "DELETE FROM notes");""", "private static DbCommand Named(string name, string sql) => null!;"),
        In("""var text = "DELETE FROM orders"; System.Console.WriteLine(text);"""),
        In("""var sql = "x"; sql = sql + input; sqlite.CreateCommand().CommandText = sql;"""),
    ];

    private static IEnumerable<string> Writes(params IEnumerable<string> statements) =>
        statements.Select(statement => In($"sqlite.CreateCommand().CommandText = \"{statement.Replace("\n", "\\n", StringComparison.Ordinal)}\";"));
}
