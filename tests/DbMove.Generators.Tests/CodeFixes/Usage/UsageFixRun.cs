using System.Collections.Immutable;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.CodeFixes.Usage;

/// <summary>Applies a fix on usage to the statements of an asynchronous method, in a project with the generated repository and the real libraries.</summary>
internal static class UsageFixRun
{
    private const string Template =
        """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations.Schema;
        using System.Data.Common;
        using System.Threading;
        using System.Threading.Tasks;
        using Dapper;
        using DbMove;

        [Migratable, Table("orders")]
        public sealed partial class Order
        {
            [DatabaseGenerated(DatabaseGeneratedOption.Identity)] public long Id { get; set; }
            [Column("customer_name"), TargetColumn("customer")] public string Customer { get; set; } = "";
            public decimal Total { get; set; }
        }

        public sealed class Code(OrderRepository stored)
        {
            private readonly OrderRepository _stored = stored;

            public async Task RunAsync(Migration migration, OrderRepository orders, DbConnection connection, Order order, int id, CancellationToken token)
            {
                await Task.Yield();
                {body}
            }

            {members}
        }
        """;

    /// <summary>The statements after the fix; null: it offers none. Asserts that what it makes compiles and is not reported any more.</summary>
    public static async Task<string?> FixAsync(CodeFixProvider fixer, string body, string members = "") =>
        await FixFileAsync(fixer, body, members) is { } text
            ? text[(text.LastIndexOf("/*<*/", StringComparison.Ordinal) + 5)..text.LastIndexOf("/*>*/", StringComparison.Ordinal)].Trim()
            : null;

    /// <summary>The whole file after the fix.</summary>
    public static async Task<string?> FixFileAsync(CodeFixProvider fixer, string body, string members = "", string behind = "")
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string source = Template.Replace("{body}", "/*<*/" + body + "/*>*/", StringComparison.Ordinal).Replace("{members}", members, StringComparison.Ordinal) + behind;
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, source);
        Diagnostic diagnostic = Assert.Single(await DiagnoseAsync(document, fixer));
        List<CodeAction> actions = [];
        await fixer.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), cancellationToken));
        if (actions.Count == 0)
        {
            return null;
        }

        CodeActionOperation operation = Assert.Single(await Assert.Single(actions).GetOperationsAsync(cancellationToken));
        Document changed = Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution.GetDocument(document.Id)!;
        string text = (await changed.GetTextAsync(cancellationToken)).ToString();
        Assert.Empty(await DiagnoseAsync(Open(workspace, text), fixer));
        return text;
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: TestCompilation.ParseOptions,
            metadataReferences: TestCompilation.References));
        foreach (GeneratedSourceResult file in GeneratorRun.StartUnchecked(source).Files)
        {
            project = project.AddDocument(file.HintName, file.SourceText).Project;
        }

        return project.AddDocument("Input.cs", source);
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Document document, CodeFixProvider fixer)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return [.. (await AnalyzerRun.DiagnoseAsync(compilation)).Where(diagnostic => fixer.FixableDiagnosticIds.Contains(diagnostic.Id))];
    }
}
