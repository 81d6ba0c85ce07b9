using System.Collections.Immutable;
using System.Globalization;
using DbMove.Generators.Tests.Harness;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.Methods;

/// <summary>
/// <c>[Sql]</c> texts that use tables of other entities: in the assembly of the repository, or in one that it refers to. A rule says
/// the same in every layout, and a statement is generated exactly where it says nothing.
/// </summary>
public sealed class OtherEntityTests
{
    private const string Usings =
        """
        using System;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using System.Threading.Tasks;
        using DbMove;

        """;

    private const string Others =
        """
        public enum Level { Bronze, Gold }

        public sealed class Cents : IValueConverter<decimal, long>
        {
            public static long ToStored(decimal value) => (long)(value * 100);
            public static decimal FromStored(long stored) => stored / 100m;
        }

        [Migratable, Table("customers")]
        public sealed partial class Customer
        {
            public long Id { get; set; }
            [Column("full_name"), TargetColumn("name")] public required string FullName { get; set; }
            [StoreAsText] public Level Level { get; set; }
            public Level Grade { get; set; }
            [Convert<Cents>] public decimal Fee { get; set; }
            [StoreAsText(Side.Target)] public Level Form { get; set; }
            public DateTime Born { get; set; }
            [SourceOnly] public string? Fax { get; set; }
            [TargetOnly] public string? Mail { get; set; }
            [Column("order"), TargetColumn("rank")] public int Order { get; set; }
            [Column("nick"), TargetColumn("alias")] public string? Nick { get; }

            public Customer(string? nick) => Nick = nick;
        }

        [Migratable, Table("regions"), TargetTable("areas")]
        public sealed partial class Region
        {
            public long Id { get; set; }
        }

        public sealed partial class Outer
        {
            [Migratable, Table("streets"), TargetTable("roads")]
            public sealed partial class Street
            {
                public long Id { get; set; }
            }
        }

        """;

    private const string Order =
        """
        [Migratable, Table("orders")]
        public sealed partial class Order
        {
            public long Id { get; set; }
            [Column("customer_id")] public long CustomerId { get; set; }
            public decimal Total { get; set; }
            public long Count { get; set; }
            [StoreAsText] public Level State { get; set; }
        }

        """;

    private static readonly (string? Id, string Sql, string Parameter)[] s_cases =
    [
        ("DBM1033", "\"UPDATE orders SET total = 0 WHERE customer_id IN (SELECT id FROM customers c WHERE c.full_name = @p)\"", "string p"),
        ("DBM1033", "\"UPDATE orders SET total = 0 WHERE customer_id IN (SELECT id FROM customers WHERE full_name = @p)\"", "string p"),
        ("DBM1033", "\"SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE full_name = @p\"", "string p"),
        ("DBM1033", "\"DELETE FROM orders WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = customer_id AND c.fax IS NULL)\"", ""),
        ("DBM1033", "\"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers c WHERE c.\\\"order\\\" = 1)\"", ""),
        ("DBM1033", "\"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers c WHERE c.nick = 'a')\"", ""),
        ("DBM1033", "\"DELETE FROM orders WHERE count IN (SELECT id FROM regions)\"", ""),
        ("DBM1033", "\"DELETE FROM orders WHERE count IN (SELECT id FROM streets)\"", ""),
        ("DBM1033", "\"WITH regions AS (SELECT id FROM regions) SELECT COUNT(*) FROM regions\"", ""),
        ("DBM1033", "\"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers c WHERE c.mail IS NULL)\"", ""),
        ("DBM1033", "\"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers c WHERE c.full_name = '')\", Target = \"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers c WHERE c.full_name = '')\"", ""),
        ("DBM1033", "\"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE full_name = '')\", Target = \"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE full_name = '')\"", ""),
        ("DBM1033", "\"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE fax = '')\", Target = \"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE fax = '')\"", ""),
        ("DBM1033", "\"DELETE FROM orders WHERE count IN (SELECT id FROM regions)\", Target = \"DELETE FROM orders WHERE count IN (SELECT id FROM regions)\"", ""),

        (null, "\"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers c WHERE c.full_name = @p)\", Target = \"DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers c WHERE c.name = @p)\"", "string p"),
        (null, "\"DELETE FROM orders WHERE count IN (SELECT id FROM regions)\", Target = \"DELETE FROM orders WHERE count IN (SELECT id FROM areas)\"", ""),
        (null, "\"SELECT COUNT(*) FROM orders\", Target = \"SELECT COUNT(*) FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE mail IS NULL)\"", ""),
        (null, "\"WITH regions AS (SELECT 1 AS id) SELECT COUNT(*) FROM orders WHERE count IN (SELECT id FROM regions)\"", ""),
        (null, "\"WITH RECURSIVE regions(id) AS (SELECT 1 UNION SELECT id + 1 FROM regions) SELECT COUNT(*) FROM regions\"", ""),
        (null, "\"WITH a AS (SELECT 1), customers (id, full_name) AS NOT MATERIALIZED (SELECT id, word FROM people) SELECT COUNT(*) FROM customers WHERE full_name = @p\"", "string p"),
        (null, "\"SELECT COUNT(*) FROM customers c JOIN lines l ON l.id = c.id WHERE l.full_name = @p\"", "string p"),
        (null, "\"SELECT COUNT(*) FROM customers c WHERE EXISTS (SELECT 1 FROM lines WHERE full_name = @p)\"", "string p"),
        (null, "\"SELECT SUM(id) AS full_name FROM customers ORDER BY full_name\"", ""),
        (null, "\"UPDATE orders SET full_name = '' FROM customers WHERE customers.id = customer_id\"", ""),
        (null, "\"SELECT COUNT(*) FROM customers c WHERE c.born > @p ORDER BY 1\"", "DateTime p"),
        (null, "\"SELECT 1 FROM orders\", Target = \"SELECT COUNT(*) FROM customers c JOIN lines l ON l.id = c.id WHERE full_name = 'a'\"", ""),

        ("DBM1036", "\"UPDATE orders SET total = 0 WHERE customer_id NOT IN (SELECT id FROM customers c WHERE c.level = @p)\"", "Level p"),
        ("DBM1036", "\"UPDATE orders SET total = 0 WHERE customer_id NOT IN (SELECT id FROM customers WHERE level = @p)\"", "Level p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE level = @p\"", "Level p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.level IN ('Gold', @p)\"", "Level p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE @p = c.level\"", "Level p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE (c.id, c.level) = (1, @p)\"", "Level p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE CASE c.level WHEN @p THEN 1 ELSE 0 END = 1\"", "Level p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE c.fee + @p > 0\"", "decimal p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE c.level = CAST(@p AS text)\"", "Level p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE c.level = @p\"", "int p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE c.grade = @p\"", "string p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE c.born = @p\"", "string p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE c.form = @p\"", "Level p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE c.form = @p\"", "int p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.total = @p AND c.fee = @p\"", "decimal p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.state = @p AND c.grade = @p\"", "Level p"),
        ("DBM1036", "\"SELECT COUNT(*) FROM customers c WHERE c.grade = @p\", Target = \"SELECT COUNT(*) FROM customers c WHERE c.level = @p\"", "Level p"),

        (null, "\"SELECT COUNT(*) FROM customers c WHERE c.level = @p\"", "string p"),
        (null, "\"SELECT COUNT(*) FROM customers c WHERE c.level = CAST(@p AS text)\"", "int p"),
        (null, "\"SELECT COUNT(*) FROM customers c WHERE @p IS NULL OR c.level = 'Gold'\"", "Level? p"),
        (null, "\"SELECT COUNT(*) FROM customers c WHERE c.grade = @p\"", "Level p"),
        (null, "\"SELECT COUNT(*) FROM customers c WHERE c.grade >= @p\"", "long p"),
        (null, "\"SELECT COUNT(*) FROM customers c WHERE c.fee = @p\"", "int p"),
        (null, "\"SELECT COUNT(*) FROM customers c WHERE c.born = @p\"", "DateTime? p"),
        (null, "\"SELECT COUNT(*) FROM customers c WHERE c.id = @p\"", "short p"),
        (null, "\"SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.state = @p AND c.level = @p\"", "Level p"),
        (null, "\"WITH customers AS (SELECT 1 AS level) SELECT COUNT(*) FROM customers WHERE level = @p\"", "int p"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_on_other_entities_is_judged_by_their_names_and_forms(bool areElsewhere)
    {
        GeneratorRun run = GeneratorRun.Start(areElsewhere
            ? TestCompilation.CreateWithLibrary(Usings + Others, Usings + Order + Repository())
            : TestCompilation.Create(Usings + Others + Order + Repository()));
        ImmutableArray<Diagnostic> errors = [.. (await AnalyzerRun.DiagnoseErrorsAsync(run.Output)).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        string generated = string.Concat(run.Files.Select(file => file.SourceText.ToString()));
        List<string> failures = [];
        foreach (((string? id, string sql, string parameter), int index) in s_cases.Select(static (test, index) => (test, index)))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"Orders.M{index}");
            Diagnostic[] own = [.. errors.Where(error => error.GetMessage(null).Contains($"'{name}'", StringComparison.Ordinal))];
            bool isGenerated = generated.Contains(name + "\",", StringComparison.Ordinal);
            if (isGenerated != (id is null) || !own.Select(static error => error.Id).SequenceEqual(id is null ? [] : [id]))
            {
                failures.Add($"{id ?? "nothing"} on {sql} ({parameter}), generated {isGenerated}: {string.Join('\n', own.AsEnumerable())}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.DoesNotContain(errors, error => !error.GetMessage(null).Contains("'Orders.M", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Output.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>Two entities of one table, in assemblies that know nothing of each other: what they do not agree on nobody knows; that of the assembly itself is meant.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("[Migratable, Table(\"folk\")] public partial class Mine { public long Id { get; set; } [Column(\"full_name\")] public string? FullName { get; set; } }", false)]
    [InlineData("[Migratable, Table(\"folk\")] public partial class Mine { public long Id { get; set; } [Column(\"full_name\"), TargetColumn(\"other\")] public string? FullName { get; set; } }", true)]
    public async Task The_nearer_of_two_entities_of_one_table_is_meant(string mine, bool isReported)
    {
        const string Theirs = "[Migratable, Table(\"folk\")] public partial class Theirs { public long Id { get; set; } [Column(\"full_name\"), TargetColumn(\"name\")] public string? FullName { get; set; } }";
        GeneratorRun run = GeneratorRun.Start(TestCompilation.CreateWithLibrary(
            Usings + Theirs,
            Usings + mine + "public enum Level { Bronze } " + Order + "public partial class OrderRepository { [Sql(\"DELETE FROM orders WHERE id IN (SELECT id FROM folk f WHERE f.full_name = 'a')\")] public partial Task<int> RunAsync(); }"));

        Assert.Equal(isReported ? ["DBM1033"] : [], (await AnalyzerRun.DiagnoseErrorsAsync(run.Output)).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id));
    }

    /// <summary>The naive way searches every reference again at each key that is pressed.</summary>
    [Fact]
    public void What_a_project_refers_to_is_searched_once_over_edits()
    {
        CSharpCompilation before = TestCompilation.CreateWithLibrary(Usings + Others, "public class A;");
        CSharpCompilation after = before.ReplaceSyntaxTree(before.SyntaxTrees[0], TestCompilation.Parse("public class B;", "Input.cs"));

        IReadOnlyList<INamedTypeSymbol>[] found = [.. new[] { before, after }.Select(compilation => MigratableTypes.Of(Library(compilation), TestContext.Current.CancellationToken))];

        Assert.Equal(["Customer", "Region", "Street"], found[0].Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.Same(found[0], found[1]);
        Assert.NotSame(before.Assembly, after.Assembly);

        static IAssemblySymbol Library(CSharpCompilation compilation) => Assert.Single(MigratableTypes.Referenced(compilation.Assembly, "DbMove.Runtime"), assembly => assembly.Name == "Shop.Library");
    }

    private static string Repository() =>
        "[Repository<Order>]\npublic sealed partial class Orders\n{\n"
        + string.Concat(s_cases.Select((test, index) => $"[Sql({test.Sql})] public partial Task<int> M{index}({test.Parameter});\n"))
        + "}\n";
}
