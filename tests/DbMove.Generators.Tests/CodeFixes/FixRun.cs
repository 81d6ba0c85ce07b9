using System.Collections.Immutable;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.CodeFixes;

/// <summary>Applies a code fix as an editor does: the analyzers report, the fix offers, one offer is taken.</summary>
internal static class FixRun
{
    /// <summary>The source after the offer with that title; asserts that the rule is silent then.</summary>
    public static async Task<string> FixAsync(CodeFixProvider fixer, string title, string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using AdhocWorkspace workspace = new();
        (Document document, Diagnostic? diagnostic) = await OpenAsync(workspace, fixer, source, kind);
        CodeAction action = Assert.Single(await OffersAsync(fixer, document, Assert.IsType<Diagnostic>(diagnostic, exactMatch: false)), action => action.Title == title);
        CodeActionOperation operation = Assert.Single(await action.GetOperationsAsync(cancellationToken));
        Document changed = Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution.GetDocument(document.Id)!;
        string text = (await changed.GetTextAsync(cancellationToken)).ToString();
        Assert.Null((await OpenAsync(workspace, fixer, text, kind)).Diagnostic);
        return text;
    }

    /// <summary>The titles that the fix offers.</summary>
    public static async Task<IReadOnlyList<string>> TitlesAsync(CodeFixProvider fixer, string source)
    {
        using AdhocWorkspace workspace = new();
        (Document document, Diagnostic? diagnostic) = await OpenAsync(workspace, fixer, source, OutputKind.DynamicallyLinkedLibrary);
        return [.. (await OffersAsync(fixer, document, Assert.IsType<Diagnostic>(diagnostic, exactMatch: false))).Select(action => action.Title)];
    }

    private static async Task<(Document Document, Diagnostic? Diagnostic)> OpenAsync(AdhocWorkspace workspace, CodeFixProvider fixer, string source, OutputKind kind)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Document document = workspace
            .AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: TestCompilation.ParseOptions,
                metadataReferences: TestCompilation.References))
            .AddDocument("Input.cs", source);
        CSharpGeneratorDriver.Create([new MigratableGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation((await document.Project.GetCompilationAsync(cancellationToken))!, out Compilation output, out _, cancellationToken);
        ImmutableArray<Diagnostic> diagnostics = await AnalyzerRun.DiagnoseAllAsync(output);
        return (document, diagnostics.FirstOrDefault(diagnostic => fixer.FixableDiagnosticIds.Contains(diagnostic.Id)));
    }

    private static async Task<List<CodeAction>> OffersAsync(CodeFixProvider fixer, Document document, Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        await fixer.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions;
    }
}
