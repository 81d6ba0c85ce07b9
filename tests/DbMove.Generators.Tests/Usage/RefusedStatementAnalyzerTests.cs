using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Usage;

public sealed class RefusedStatementAnalyzerTests() : UsageRuleTests("DBM2012")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        .. Each(
            "MERGE INTO orders o USING fresh f ON o.id = f.id WHEN MATCHED THEN DELETE", "TRUNCATE TABLE orders", "DO $$ BEGIN PERFORM 1; END $$", "CALL nightly()",
            "WITH gone AS (DELETE FROM orders RETURNING *) INSERT INTO attic SELECT * FROM gone", "UPDATE orders SET total = 0, id = 2 WHERE id = 1", "UPDATE \\\"orders\\\" SET \\\"Id\\\" = 2",
            "INSERT INTO finance.bill (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2", "ALTER TABLE orders ADD note text", "SELECT 1; COMMIT", "COPY orders FROM STDIN", "SET search_path TO shop", "PRAGMA foreign_keys = ON"),
        In("""dualConnection.CreateCommand().CommandText = choice ? "SELECT 1" : "TRUNCATE orders";"""),
        In("""await using DbCommand command = dual.CreateCommand("TRUNCATE orders");"""),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        .. Each(
            "UPDATE orders SET total = total + 1", "INSERT INTO orders (id, total) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET total = 2", "DELETE FROM orders", "SELECT now(), random() FROM orders LIMIT 1",
            "INSERT INTO orders (customer) SELECT customer FROM orders ORDER BY random() LIMIT 2", "WITH r AS (SELECT 1) DELETE FROM orders", "PRAGMA table_info('orders')", "UPDATE orders SET total = id"),
        In("""sqlite.Execute("VACUUM");"""),
        In("""await npgsql.ExecuteAsync("TRUNCATE notes");"""),
        In("""await dualConnection.ExecuteAsync("TRUNCATE" + input);"""),
    ];

    /// <summary>The rule does not see that a project allows such statements.</summary>
    [Fact]
    public async Task The_message_says_how_to_end_the_warning()
    {
        Compilation compilation = GeneratorRun.StartUnchecked(
            """
            [DbMove.Migratable, System.ComponentModel.DataAnnotations.Schema.Table("orders")] public sealed partial class Order { public long Id { get; set; } }
            public static class Code { public static void Run(DbMove.DualWriteDataSource dual) => dual.CreateCommand("TRUNCATE orders"); }
            """).Output;

        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        string message = Assert.Single(await AnalyzerRun.DiagnoseAsync(compilation)).GetMessage(null);

        Assert.Contains("or allow it by UnsafeStatements.MarkDirty and end this warning by dotnet_diagnostic.DBM2012.severity = none", message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Each(params IEnumerable<string> statements) =>
        statements.Select(statement => In($"await dualConnection.ExecuteAsync(\"{statement}\");"));
}
