namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>The statements and names of the corpus. <c>{t}</c> stands for the table.</summary>
internal static class Statements
{
    public static IReadOnlyList<string> Writes { get; } =
    [
        "INSERT INTO {t} (id, customer) VALUES (@id, @customer)",
        "insert into {t} (id) select id from people where name <> 'delete from notes'",
        "INSERT INTO {t} AS o (id, total) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET total = o.total + excluded.total RETURNING id",
        "INSERT OR REPLACE INTO {t} (id) VALUES (?)",
        "INSERT INTO {t} DEFAULT VALUES",
        "REPLACE INTO {t} (id, total) VALUES (1, 2)",
        "UPDATE {t} SET total = total + 1 WHERE id = $1",
        "UPDATE {t} AS o SET total = p.price FROM prices p WHERE p.id = o.id",
        "UPDATE ONLY {t} SET total = 0",
        "update {t} o set total = 0 where exists (select 1 from notes n where n.id = o.id)",
        "UPDATE OR IGNORE {t} SET id = id + 1",
        "DELETE FROM {t} WHERE id = @id",
        "DELETE FROM ONLY {t} USING gone g WHERE g.id = 1",
        "delete\n\tfrom {t}\n\twhere id in (1, 2, 3) returning id",
        "MERGE INTO {t} AS o USING fresh f ON f.id = o.id WHEN MATCHED THEN UPDATE SET total = f.total WHEN NOT MATCHED THEN INSERT (id) VALUES (f.id)",
        "TRUNCATE {t}",
        "TRUNCATE TABLE people, {t} RESTART IDENTITY CASCADE",
        "WITH gone AS (DELETE FROM {t} WHERE total = 0 RETURNING *) INSERT INTO attic SELECT * FROM gone",
        "WITH RECURSIVE r (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM r WHERE id < 9) UPDATE {t} SET total = 0 FROM r WHERE r.id = 1",
        "SELECT 1; DELETE FROM {t};",
        "BEGIN; UPDATE {t} SET total = 0; COMMIT",
        "/* nightly; */ -- UPDATE notes SET x = 1;\nUPDATE {t} SET total = 0",
        "DO $$ BEGIN IF 1 = 1 THEN UPDATE {t} SET total = 0; END IF; END $$",
        "UPDATE people SET tags = ARRAY['a', 'b'], name = 'it''s'; DELETE FROM {t}",
    ];

    /// <summary>The writes that a <c>DualWriteDataSource</c> refuses, whatever their table.</summary>
    public static IReadOnlyList<string> Refused { get; } =
        [.. Writes.Where(text => new[] { "MERGE", "TRUNCATE", "WITH gone", "BEGIN", "DO $$", "UPDATE OR IGNORE" }.Any(begin => text.StartsWith(begin, StringComparison.Ordinal)))];

    public static IReadOnlyList<string> Carried { get; } = [.. Writes.Except(Refused)];

    public static IReadOnlyList<string> Copies { get; } =
    [
        "COPY {t} (id, total) FROM STDIN (FORMAT BINARY)",
        "COPY {t} FROM STDIN",
        "copy {t} ( id , customer )\nfrom stdin with (format csv)",
    ];

    public static IReadOnlyList<string> Reads { get; } =
    [
        "SELECT * FROM {t} WHERE id = @id FOR UPDATE",
        "SELECT 'DELETE FROM orders', \"update\" FROM {t}",
        "-- UPDATE orders SET total = 0\nSELECT count(*) FROM {t}",
        "WITH last AS (SELECT max(id) AS id FROM {t}) SELECT * FROM last",
        "INSERT INTO attic SELECT * FROM {t}",
        "UPDATE people SET spent = (SELECT sum(total) FROM {t} o WHERE o.person = people.id)",
        "DELETE FROM notes USING {t} o WHERE o.id = notes.id",
        "CREATE INDEX IF NOT EXISTS by_total ON {t} (total)",
        "EXPLAIN UPDATE {t} SET total = 0",
    ];

    /// <summary>The tables of entities, as they may be written on either side.</summary>
    public static IReadOnlyList<string> Migratable { get; } =
        ["orders", "ORDERS", "\"orders\"", "public.orders", "\"public\".\"orders\"", "`orders`", "[orders]", "purchases", "sales.purchases", "\"sales\".purchases", "invoices", "billing.invoices"];

    /// <summary>Tables that only look like them.</summary>
    public static IReadOnlyList<string> Other { get; } =
        ["people", "order_lines", "orders_2024", "preorders", "\"order\"", "orders.notes", "archive.purchases", "shipping.invoices", "`orders `", "[all orders]", "public.people", "invoice"];
}
