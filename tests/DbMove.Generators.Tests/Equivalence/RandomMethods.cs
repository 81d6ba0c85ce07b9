using System.Text;

namespace DbMove.Generators.Tests.Equivalence;

/// <summary>The text of a right entity and a repository with random <c>[Sql]</c> methods, by seed: about half of them are right.</summary>
internal sealed class RandomMethods(int seed)
{
    public const int Count = 8;

    public const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using System.Threading;
        using System.Threading.Tasks;
        using DbMove;

        """;

    /// <summary>Another entity, whose table statements use.</summary>
    public const string Other =
        """
        public enum Level { Bronze, Gold }

        [Migratable, Table("customers"), TargetTable("clients")]
        public sealed partial class Customer
        {
            [Column("id")] public long Id { get; set; }
            [Column("full_name"), TargetColumn("name")] public required string FullName { get; set; }
            [StoreAsText, Column("level")] public Level Level { get; set; }
            [Column("grade")] public Level Grade { get; set; }
            [Column("fee")] public decimal Fee { get; set; }
        }

        [Migratable, Table("regions")]
        public sealed partial class Region
        {
            [Column("id")] public long Id { get; set; }
            [Column("title"), TargetColumn("label")] public required string Title { get; set; }
            [StoreAsText, Column("level")] public Level Level { get; set; }
            [Column("grade")] public Level Grade { get; set; }
        }

        """;

    private const string Prelude =
        """
        public enum OrderState { New, Paid }
        public readonly record struct Code(long Value);
        public sealed record Line(long Id, decimal Total);
        public sealed record Named(long Id) { public string? Note { get; init; } }
        public sealed class Opaque;
        public sealed class Cents : IValueConverter<decimal, long>
        {
            public static long ToStored(decimal value) => (long)(value * 100);
            public static decimal FromStored(long stored) => stored / 100m;
        }

        """;

    private const string Members =
        """
            [Column("total")] public decimal Total { get; set; }
            [Column("count")] public int Count { get; set; }
            [StoreAsText, Column("state")] public OrderState State { get; set; }
            [Column("kind")] public OrderState? Kind { get; set; }
            [Column("code")] public Code Code { get; set; }
            [Column("note")] public string? Note { get; set; }
            [Column("placed")] public DateTime Placed { get; set; }
            [Convert<Cents>, Column("price")] public decimal Price { get; set; }
            [Column("token")] public Guid Token { get; set; }
            [Column("sizes")] public int[] Sizes { get; set; } = [];
            [StoreAsText(Side.Target), Column("form")] public OrderState Form { get; set; }
            [SourceOnly, Column("legacy")] public string? Legacy { get; set; }
            [TargetOnly, Column("rank")] public long? Rank { get; set; }

        """;

    private static readonly (string Name, string Type)[] s_columns =
    [
        ("total", "decimal"), ("count", "int"), ("state", "OrderState"), ("kind", "OrderState"), ("code", "Code"), ("note", "string"), ("placed", "DateTime"), ("price", "decimal"), ("token", "Guid"),
    ];

    private static readonly string[] s_wildColumns = ["id", "total", "state", "price", "sizes", "form", "legacy", "rank", "nothing", "o.total", "people.name", "\"Total\"", "label"];

    private static readonly string[] s_wildTypes =
        ["int", "long", "long?", "short", "decimal", "double", "string", "string?", "OrderState", "OrderState?", "Code", "Level", "Guid", "DateTime", "bool", "byte[]", "int[]", "Opaque", "object", "TimeSpan", "(int, int)"];

    private static readonly string[] s_wildReturns =
    [
        "Task<int>", "Task", "ValueTask<int>", "Task<Order>", "Task<Order?>", "Task<IReadOnlyList<Order>>", "IAsyncEnumerable<Order>", "Task<IReadOnlyList<Line>>", "Task<Line?>", "Task<Named?>",
        "Task<long>", "Task<string?>", "Task<OrderState>", "Task<decimal>", "Task<object>", "Task<Opaque>", "Task<List<Order>>", "int", "Order?", "IAsyncEnumerable<decimal>", "ValueTask<IReadOnlyList<OrderState>>",
    ];

    private static readonly string[] s_wildTexts =
    [
        "SELECT * FROM {t} WHERE {c} = {p}", "SELECT {c} FROM {t} WHERE {c} IN ({p}, {p})", "SELECT id, {c} AS total FROM {t} o WHERE o.{c} BETWEEN {p} AND {p}", "SELECT COUNT(*) FROM {t}",
        "SELECT o.id, o.total FROM {t} o JOIN people p ON p.id = o.id WHERE {c} <> {p}", "WITH few AS (SELECT {c} FROM {t} WHERE {c} = {p}) SELECT * FROM few",
        "UPDATE {t} SET {c} = {p} WHERE {c} = {p}", "UPDATE {t} SET {c} = {c} + {p}", "UPDATE {t} SET {c} = {p} RETURNING {c}", "UPDATE {t} SET id = {p}", "UPDATE {t} SET ({c}, note) = ({p}, {p})",
        "UPDATE {t} SET {c} = {p} FROM people WHERE people.id = {t}.id", "DELETE FROM {t} WHERE {c} = {p}", "DELETE FROM {t} WHERE id IN (SELECT order_id FROM people WHERE {c} = {p})",
        "INSERT INTO {t} (id, {c}) VALUES ({p}, {p})", "INSERT INTO {t} (id, {c}) SELECT id, {p} FROM people", "INSERT INTO {t} (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET {c} = {p}",
        "DELETE FROM people WHERE {c} = {p}", "TRUNCATE {t}", "SELECT 1; DELETE FROM {t}", "MERGE INTO {t} USING people ON id = {p} WHEN MATCHED THEN DELETE", "", "UPDATE", "SELECT '", "/* {p}",
        "SELECT {c} -> {p} ? 'a' FROM {t}", "DELETE FROM {t} WHERE {c} = ANY(ARRAY[{p}, {p}])", "WITH gone AS (DELETE FROM {t} RETURNING id) SELECT id FROM gone",
        "DELETE FROM {t} WHERE id IN (SELECT id FROM {r} r WHERE {f} = {p})", "UPDATE {t} SET {c} = {p} FROM {r} r WHERE r.id = {t}.id AND {f} IN ({p}, {p})", "SELECT COUNT(*) FROM {t} o JOIN {r} r ON r.id = o.id WHERE {f} > {p} + {f}",
        "WITH {r} AS (SELECT id, note AS level FROM {t}) SELECT COUNT(*) FROM {r} r WHERE {f} = {p}",
    ];

    private readonly Random _random = new(seed);

    // Every other entity is called alike on both sides, so that its texts do for both.
    private readonly bool _isAlike = seed % 2 == 0;

    public string Text(bool isOtherElsewhere)
    {
        StringBuilder text = new(Usings);
        text.Append(isOtherElsewhere ? "" : Other).Append(Prelude);
        bool isRecord = seed % 3 == 2;
        text.Append(_isAlike ? "[Migratable, Table(\"orders\")]\n" : "[Migratable, Table(\"orders\"), TargetTable(\"packages\")]\n");
        text.Append(isRecord ? "public sealed partial record Order\n{\n" : "public sealed partial class Order\n{\n");
        text.Append(seed % 5 == 3 ? "    [Key, Column(\"id\", Order = 1)] public long Id { get; set; }\n    [Key, Column(\"part\", Order = 2)] public int Part { get; set; }\n" : "    [Column(\"id\")] public long Id { get; set; }\n");
        text.Append(Members).Append("}\n");
        text.Append(Pick("public sealed partial class OrderRepository\n{\n", "[Repository<Order>] internal partial class OrderRepository\n{\n"));
        for (int index = 0; index < Count; index++)
        {
            text.Append(Chance(0.5) ? Tame(index) : Wild(index)).Append('\n');
        }

        return text.Append("}\n").ToString();
    }

    private string Tame(int index)
    {
        (string column, string type) = s_columns[_random.Next(s_columns.Length)];
        string where = $"{column} {Pick("=", "<>", "IS NOT DISTINCT FROM")} @a";
        (string text, string result) = _random.Next(6) switch
        {
            0 => ($"SELECT * FROM orders WHERE {where}", Pick("Task<IReadOnlyList<Order>>", "IAsyncEnumerable<Order>", "ValueTask<IReadOnlyList<Order>>", "Task<Order?>")),
            1 => ($"SELECT {column} FROM orders WHERE {where}", $"Task<IReadOnlyList<{type}{(column is "note" or "kind" ? "?" : "")}>>"),
            2 => ($"UPDATE orders SET {column} = @a", Pick("Task<int>", "Task<IReadOnlyList<Order>>")),
            3 => ($"DELETE FROM orders WHERE {column} IN (@a, @a)", Pick("Task<int>", "ValueTask<int>")),
            4 => ($"SELECT COUNT(*) FROM orders WHERE {where}", Pick("Task<int>", "Task<long>")),
            _ => ($"SELECT id, total FROM orders WHERE {where}", Pick("Task<IReadOnlyList<Line>>", "Task<Line?>", "IAsyncEnumerable<Line>")),
        };
        string target = _isAlike ? "" : $", Target = \"{text.Replace("orders", "packages", StringComparison.Ordinal)}\"";
        return $"    [Sql(\"{text}\"{target})] {Pick("public", "public", "internal", "private")} partial {result} M{index}({type} a{Pick("", ", DualWriteTransaction? transaction = null", ", CancellationToken cancellationToken = default")});";
    }

    private string Wild(int index)
    {
        string text = Fill(Pick(s_wildTexts), "orders");
        string target = Chance(_isAlike ? 0.8 : 0.3) ? "" : $", Target = \"{(Chance(0.6) ? text.Replace("orders", "packages", StringComparison.Ordinal) : Fill(Pick(s_wildTexts), Pick("packages", "orders")))}\"";
        string timeout = Chance(0.9) ? "" : $", CommandTimeout = {_random.Next(-1, 3)}";
        List<string> parameters = [];
        foreach (string name in new[] { "a", "b", "arguments", "@class" }.Take(_random.Next(4)))
        {
            parameters.Add($"{(Chance(0.95) ? "" : Pick("ref ", "in "))}{Pick(s_wildTypes)} {name}");
        }

        parameters.AddRange(Pick("", "", "DualWriteTransaction transaction", "CancellationToken first|CancellationToken second", "long? last = null", "OrderState last = OrderState.Paid").Split('|', StringSplitOptions.RemoveEmptyEntries));
        string head = $"    [Sql(\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"{target.Replace("\"Total\"", "\\\"Total\\\"", StringComparison.Ordinal)}{timeout})] {Pick("public", "public", "internal", "private", "public static")} ";
        string signature = $"{Pick(s_wildReturns)} M{index}({string.Join(", ", parameters)})";
        return Chance(0.95) ? $"{head}partial {signature};" : $"{head}{signature} => throw new NotSupportedException();";
    }

    private string Fill(string text, string table)
    {
        StringBuilder filled = new(text.Replace("{t}", Chance(0.95) ? table : Pick("Orders", "people", "shop.orders"), StringComparison.Ordinal));
        for (int at = filled.ToString().IndexOf('{', StringComparison.Ordinal); at >= 0; at = filled.ToString().IndexOf('{', StringComparison.Ordinal))
        {
            string value = filled[at + 1] == 'r' ? Pick("customers", "regions", "regions", "clients") : filled[at + 1] == 'f' ? Pick("r.full_name", "r.level", "level", "title", "r.title", "label", "r.grade", "r.id", "fee", "r.fee")
                : filled[at + 1] == 'c' ? Chance(0.6) ? s_columns[_random.Next(s_columns.Length)].Name : Pick(s_wildColumns) : Pick("@a", "@a", "@b", "@arguments", "@class", "1", "@missing");
            filled.Remove(at, 3).Insert(at, value);
        }

        return filled.ToString();
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private string Pick(params ReadOnlySpan<string> choices) => choices[_random.Next(choices.Length)];
}
