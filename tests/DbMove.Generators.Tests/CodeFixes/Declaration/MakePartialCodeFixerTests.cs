using System.Collections.Immutable;
using DbMove.CodeFixes.Declaration;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbMove.Generators.Tests.CodeFixes.Declaration;

public sealed class MakePartialCodeFixerTests
{
    [Theory]
    [InlineData("public sealed class Order", "public sealed partial class Order")]
    [InlineData("class Order", "partial class Order")]
    [InlineData("internal sealed record Order", "internal sealed partial record Order")]
    [InlineData("public readonly record struct Order", "public readonly partial record struct Order")]
    [InlineData("public struct Order", "public partial struct Order")]
    public async Task Adds_partial_and_changes_nothing_else(string wrong, string expected)
    {
        const string template =
            """
            using DbMove;

            namespace Shop;

            /// <summary>An order.</summary>
            [Migratable] // moves
            {0}
            {
                public int Id { get; init; } // the key
            }

            """;

        Assert.Equal(
            template.Replace("{0}", expected, StringComparison.Ordinal),
            await FixAsync(template.Replace("{0}", wrong, StringComparison.Ordinal)));
    }

    private static async Task<string> FixAsync(string source)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using AdhocWorkspace workspace = new();
        Document document = workspace
            .AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp,
                parseOptions: TestCompilation.ParseOptions, metadataReferences: TestCompilation.References))
            .AddDocument("Input.cs", source);
        ImmutableArray<Diagnostic> diagnostics = await AnalyzerRun.DiagnoseAsync((await document.Project.GetCompilationAsync(cancellationToken))!);

        List<CodeAction> actions = [];
        CodeFixContext context = new(document, Assert.Single(diagnostics), (action, _) => actions.Add(action), cancellationToken);
        await new MakePartialCodeFixer().RegisterCodeFixesAsync(context);
        CodeActionOperation operation = Assert.Single(await Assert.Single(actions).GetOperationsAsync(cancellationToken));
        Document changed = Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution.GetDocument(document.Id)!;
        return (await changed.GetTextAsync(cancellationToken)).ToString();
    }
}
