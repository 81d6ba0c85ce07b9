using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Harness;

/// <summary>
/// What holds for every rule on usage: each wrong source is reported where it says, and by no other rule; each right one is silent; a pragma
/// suppresses the rule; a page explains it. The sources are compiled against the real EF Core, Dapper, Npgsql and Sqlite.
/// </summary>
public abstract class UsageRuleTests(string id)
{
    private const string Prelude =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.ComponentModel.DataAnnotations.Schema;
        global using System.Data;
        global using System.Data.Common;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using System.Transactions;
        global using Dapper;
        global using DbMove;
        global using DbMove.AdoNet;
        global using Microsoft.Data.Sqlite;
        global using Microsoft.EntityFrameworkCore;
        global using Npgsql;
        global using Shop;

        namespace Shop;

        [Migratable, Table("orders")]
        public sealed partial class Order { public long Id { get; set; } public string Customer { get; set; } = ""; public decimal Total { get; set; } }

        [Migratable, Table("invoices", Schema = "billing"), TargetTable("bill", Schema = "finance")]
        public sealed partial class Invoice { public long Id { get; set; } }

        public sealed class Note { public long Id { get; set; } }

        public sealed class ShopContext : DbContext
        {
            public DbSet<Note> Notes => Set<Note>();
            public DbSet<Order> Orders => Set<Order>();
            public override int SaveChanges() => base.SaveChanges();
        }

        public interface IShopContext { DbSet<Order> Orders { get; } Task<int> SaveChangesAsync(CancellationToken cancellationToken); }

        public sealed class NoteContext : DbContext { public DbSet<Note> Notes => Set<Note>(); }

        """;

    /// <summary>Sources that break the rule, each in its own way and no other rule.</summary>
    protected abstract IReadOnlyList<string> Wrong { get; }

    /// <summary>Sources near the rule that do not break it.</summary>
    protected abstract IReadOnlyList<string> Right { get; }

    /// <summary>A source whose method has this body, in a class with these members.</summary>
    protected static string In(string body, string members = "") =>
        $$"""
        public sealed class Code
        {
            {{members}}

            public async Task RunAsync(
                SqliteConnection sqlite, NpgsqlConnection npgsql, NpgsqlDataSource npgsqlSource, DbConnection connection, DbDataSource source, IDbConnection bare,
                DualWriteDataSource dual, DualWriteConnection dualConnection, Migration migration, OrderRepository orders,
                ShopContext shop, IShopContext shopFace, NoteContext notes, Order order, string input, int[] ids, bool choice, CancellationToken token)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;

    [Fact]
    public async Task A_wrong_source_is_reported() =>
        Assert.Empty(await FailuresAsync(Wrong, "", diagnostics => diagnostics.Length > 0 && diagnostics.All(diagnostic =>
            diagnostic.Id == id && diagnostic.Severity == DiagnosticSeverity.Warning && Names(diagnostic.GetMessage(null)))));

    [Fact]
    public async Task A_right_source_is_silent() => Assert.Empty(await FailuresAsync(Right, "", diagnostics => diagnostics.Length == 0));

    [Fact]
    public async Task A_pragma_suppresses_the_rule() =>
        Assert.Empty(await FailuresAsync(Wrong, $"#pragma warning disable {id}\n", diagnostics => diagnostics.Length == 0));

    [Fact]
    public void A_page_explains_the_rule() => RulePage.Check(id);

    private static bool Names(string message) =>
        new[] { "'Order", "'Invoice", "'DualWriteTransaction", "'DualWriteDataSource", "'Migration" }.Any(name => message.Contains(name, StringComparison.Ordinal));

    // All in one compilation, each in a file and a namespace of its own.
    private static async Task<List<string>> FailuresAsync(IReadOnlyList<string> sources, string before, Func<Diagnostic[], bool> isExpected)
    {
        Compilation output = GeneratorRun.StartUnchecked([Prelude, .. sources.Select((source, index) => $"{before}namespace Case{index};\n{source}")]).Output;
        List<string> failures =
        [
            .. output.GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(error => $"{error} in:\n{error.Location.SourceTree}"),
        ];
        ILookup<string, Diagnostic> reported = (await AnalyzerRun.DiagnoseAsync(output)).ToLookup(diagnostic => diagnostic.Location.SourceTree!.FilePath);
        for (int index = 0; index < sources.Count; index++)
        {
            Diagnostic[] diagnostics = [.. reported[$"Input{index + 1}.cs"]];
            if (!isExpected(diagnostics))
            {
                failures.Add($"[{string.Join(", ", diagnostics.AsEnumerable())}] is reported on:\n{sources[index]}");
            }
        }

        return failures;
    }
}
