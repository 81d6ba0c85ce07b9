namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>Writes as people write them, by a reviewer who looked for what the rules miss; the rules were corrected by them since.</summary>
internal static class HeldOut
{
    public static IReadOnlyList<(string Name, CorpusMethod Write, bool IsFound)> All { get; } =
    [
        ("line ends of the platform", new("""await connection.ExecuteAsync("UPDATE orders" + Environment.NewLine + "SET total = 0" + Environment.NewLine + "WHERE id = @id", new { id = 1 });"""), true),
        ("a command that is added to", new("""await using var command = connection.CreateCommand(); command.CommandText = "SELECT 1;"; command.CommandText += " DELETE FROM orders"; await command.ExecuteNonQueryAsync();"""), true),
        ("triggers off, delete, triggers on", new("""npgsql.Execute("ALTER TABLE orders DISABLE TRIGGER ALL; DELETE FROM orders; ALTER TABLE orders ENABLE TRIGGER ALL");"""), true),
        ("a set-up script", new("sqlite.Execute(\"\"\"\n    CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, rule TEXT);\n    CREATE INDEX IF NOT EXISTS by_rule ON people (rule);\n    INSERT INTO orders (id, total) VALUES (1, 2), (2, 3);\n    \"\"\");"), true),
        ("a function and its first call", new("""await npgsql.ExecuteAsync("CREATE OR REPLACE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql; UPDATE orders SET total = f()");"""), true),
        ("a trigger and a correction", new("""sqlite.Execute("CREATE TRIGGER t AFTER INSERT ON people BEGIN UPDATE people SET name = 'x'; END; UPDATE orders SET total = 1");"""), true),
        ("a condition that is put in", new("""var where = new List<string> { "total = 0" }; if (choice) { where.Add("id > @id"); } await connection.ExecuteAsync($"DELETE FROM orders WHERE {string.Join(" AND ", where)}", new { id = 1 });"""), true),
        ("a format with culture", new("""await connection.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, "DELETE FROM orders WHERE id = {0}", ids[0]));"""), true),
        ("a builder in a loop", new("""var sql = new System.Text.StringBuilder("INSERT INTO orders (id) VALUES "); foreach (int id in ids) { sql.Append('(').Append(id).Append("),"); } sql.Length--; await connection.ExecuteAsync(sql.ToString());"""), true),
        ("a builder with formats", new("""var sql = new System.Text.StringBuilder(); sql.AppendLine("UPDATE orders"); sql.AppendFormat("SET total = {0}", ids[0]); await connection.ExecuteAsync(sql.ToString());"""), true),
        ("a class of texts", new("await connection.ExecuteAsync(Sql.Close, new { id = 1 });", "private static class Sql { private const string Table = \"orders\"; public const string Close = \"UPDATE \" + Table + \" SET total = 0 WHERE id = @id\"; }"), true),
        ("a text for each engine", new("""bool isSqlite = connection is SqliteConnection; string sql = isSqlite ? "INSERT OR IGNORE INTO orders (id) VALUES (1)" : "INSERT INTO orders (id) VALUES (1) ON CONFLICT DO NOTHING"; connection.Execute(sql);"""), true),
        ("a switch of statements", new("""string sql; switch (input) { case "close": sql = "UPDATE orders SET total = 0"; break; default: sql = "SELECT 1"; break; } connection.Execute(sql);"""), true),
        ("a list of statements", new("""foreach (string sql in new[] { "DELETE FROM notes", "DELETE FROM orders" }) { connection.Execute(sql); }"""), true),
        ("a command made in one expression", new("""await new NpgsqlCommand { Connection = npgsql, CommandText = "DELETE FROM orders" }.ExecuteNonQueryAsync(token);"""), true),
        ("the commands of a data adapter", new("""using var adapter = new NpgsqlDataAdapter { UpdateCommand = new NpgsqlCommand("UPDATE orders SET total = @t WHERE id = @id", npgsql) }; adapter.Update(new DataTable());"""), true),
        ("a read that counts up", new("""long next = await npgsql.ExecuteScalarAsync<long>("WITH u AS (UPDATE orders SET total = total + 1 WHERE id = 1 RETURNING id) SELECT id FROM u"); Console.WriteLine(next);"""), true),
        ("a transaction as text", new("""await connection.ExecuteAsync("BEGIN; DELETE FROM orders WHERE id = 1; INSERT INTO orders (id) VALUES (1); COMMIT;");"""), true),
        ("rows of a join, in bulk", new("""await (from one in shop.Orders join note in shop.Notes on one.Id equals note.Id select new { one, note }).ExecuteUpdateAsync(set => set.SetProperty(pair => pair.one.Total, 0m), token);"""), true),
        ("an entity that is attached", new("shop.Attach(order).State = EntityState.Modified; await shop.SaveChangesAsync(token);"), true),
        ("a text that a task gives", new("string sql = await Task.FromResult(\"DELETE FROM orders\"); connection.Execute(sql);"), false),
        ("a method of one's own that runs what it is given", new("await Run(\"DELETE FROM orders\"); Task Run(string sql) => connection.ExecuteAsync(sql);"), false),
        ("a text of a tuple", new("""(string Sql, int Rows) job = ("DELETE FROM orders", 1); connection.Execute(job.Sql);"""), false),
        ("a context by its base class", new("DbContext context = shop; context.Remove(order); context.SaveChanges();"), false),
        ("a name that a method makes of the type", new("""connection.Execute($"DELETE FROM {TableOf<Order>()}");""", "private static string TableOf<T>() => typeof(T).Name.ToLowerInvariant() + \"s\";"), false),
    ];
}
