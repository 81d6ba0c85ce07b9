using System.Text;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>Makes a compilation of the corpus: an entity of its own, one of another assembly, and files of many cases.</summary>
internal static class CorpusCompilation
{
    private const string Prelude =
        """
        global using System;
        global using System.Collections.Generic;
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
        global using DbMove.Dialects;
        global using Microsoft.Data.Sqlite;
        global using Microsoft.EntityFrameworkCore;
        global using Npgsql;
        global using Shop;

        namespace Shop;

        [Migratable, Table("orders"), TargetTable("purchases", Schema = "sales")]
        public sealed partial class Order { public long Id { get; set; } public decimal Total { get; set; } }

        public sealed class Note { public long Id { get; set; } }

        public class ShopContext : DbContext { public DbSet<Note> Notes => Set<Note>(); public DbSet<Order> Orders => Set<Order>(); }

        public sealed class NoteContext : DbContext { public DbSet<Note> Notes => Set<Note>(); }
        """;

    private const string Referenced =
        """
        using System.ComponentModel.DataAnnotations.Schema;
        using DbMove;

        namespace Shop.Billing;

        [Migratable, Table("invoices", Schema = "billing")]
        public sealed partial class Invoice { public long Id { get; set; } }
        """;

    /// <summary>The compilation; the cases are classes called <c>Case{number}</c>.</summary>
    public static Compilation Create(IReadOnlyList<CorpusMethod> cases, IEnumerable<string>? more = null, int perFile = 100)
    {
        List<string> files = [Prelude, .. more ?? []];
        for (int first = 0; first < cases.Count; first += perFile)
        {
            StringBuilder code = new("namespace Cases;\n");
            StringBuilder elsewhere = new("namespace Cases;\n");
            for (int number = first; number < Math.Min(cases.Count, first + perFile); number++)
            {
                code.Append(Class(cases[number], number));
                if (cases[number].Elsewhere.Length > 0)
                {
                    elsewhere.Append(System.Globalization.CultureInfo.InvariantCulture, $"public static class Texts{number} {{ {cases[number].Elsewhere} }}\n");
                }
            }

            files.Add(code.ToString());
            files.Add(elsewhere.ToString());
        }

        Compilation billing = GeneratorRun.StartUnchecked(Referenced).Output.WithAssemblyName("Shop.Billing");
        return GeneratorRun.StartUnchecked([.. files]).Output.AddReferences(billing.ToMetadataReference());
    }

    /// <summary>The number of the case that a diagnostic is reported in.</summary>
    public static int NumberOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan).AncestorsAndSelf()
            .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.ClassDeclarationSyntax>()
            .Where(type => type.Identifier.Text.StartsWith("Case", StringComparison.Ordinal))
            .Select(type => int.Parse(type.Identifier.Text.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture))
            .DefaultIfEmpty(-1)
            .First();

    private static string Numbered(string code, int number) => code.Replace("{n}", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Class(CorpusMethod method, int number) =>
        $$"""
        public sealed class Case{{number}}
        {
            {{Numbered(method.Members, number)}}

            public async Task RunAsync(
                SqliteConnection sqlite, NpgsqlConnection npgsql, NpgsqlDataSource npgsqlSource, DbConnection connection, DbDataSource source, IDbConnection bare,
                DualWriteDataSource dual, DualWriteConnection dualConnection, Migration migration, OrderRepository orders,
                SideSession session, IEntityStore<Order, long> store, WriteGuard guard, ShopContext shop, NoteContext notes, Order order, string input, int[] ids, bool choice, CancellationToken token)
            {
                await Task.Yield();
                {{Numbered(method.Body, number)}}
            }
        }

        """;
}
