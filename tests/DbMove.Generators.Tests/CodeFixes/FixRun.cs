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
    /// <summary>The source after the offer with that title; asserts that the rule is silent then, and that all compiles with what is generated.</summary>
    public static async Task<string> FixAsync(CodeFixProvider fixer, string title, string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, string? library = null) =>
        Assert.Single(await FixAsync(fixer, title, [source], kind, library));

    /// <summary>The same in a project of several files, and perhaps a library of its own.</summary>
    public static async Task<IReadOnlyList<string>> FixAsync(CodeFixProvider fixer, string title, IReadOnlyList<string> sources, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, string? library = null)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using AdhocWorkspace workspace = new();
        (Project project, _, Diagnostic? diagnostic) = await OpenAsync(workspace, fixer, sources, kind, library);
        CodeAction action = Assert.Single(await OffersAsync(fixer, project, diagnostic), action => action.Title == title);
        CodeActionOperation operation = Assert.Single(await action.GetOperationsAsync(cancellationToken));
        Solution changed = Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution;
        List<string> texts = [];
        foreach (DocumentId id in project.DocumentIds)
        {
            texts.Add((await changed.GetDocument(id)!.GetTextAsync(cancellationToken)).ToString());
        }

        (_, Compilation output, Diagnostic? left) = await OpenAsync(workspace, fixer, texts, kind, library);
        Assert.Null(left);
        Assert.Empty(output.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => $"{diagnostic}\n{string.Join('\n', texts)}"));
        return texts;
    }

    /// <summary>The titles that the fix offers.</summary>
    public static Task<IReadOnlyList<string>> TitlesAsync(CodeFixProvider fixer, params string[] sources) => TitlesAsync(fixer, OutputKind.DynamicallyLinkedLibrary, sources);

    public static async Task<IReadOnlyList<string>> TitlesAsync(CodeFixProvider fixer, OutputKind kind, params string[] sources)
    {
        using AdhocWorkspace workspace = new();
        (Project project, _, Diagnostic? diagnostic) = await OpenAsync(workspace, fixer, sources, kind);
        return [.. (await OffersAsync(fixer, project, diagnostic)).Select(action => action.Title)];
    }

    /// <summary>What the fix could be asked about.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(CodeFixProvider fixer, OutputKind kind, params string[] sources)
    {
        using AdhocWorkspace workspace = new();
        (_, _, Diagnostic? diagnostic) = await OpenAsync(workspace, fixer, sources, kind);
        return diagnostic is null ? [] : [diagnostic];
    }

    private static async Task<(Project Project, Compilation Output, Diagnostic? Diagnostic)> OpenAsync(AdhocWorkspace workspace, CodeFixProvider fixer, IReadOnlyList<string> sources, OutputKind kind, string? library = null)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: TestCompilation.ParseOptions,
            metadataReferences: library is null ? TestCompilation.References : TestCompilation.CreateWithLibrary(library).References));
        for (int index = 0; index < sources.Count; index++)
        {
            project = project.AddDocument($"Input{index}.cs", sources[index]).Project;
        }

        CSharpGeneratorDriver.Create([new MigratableGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation((await project.GetCompilationAsync(cancellationToken))!, out Compilation output, out _, cancellationToken);
        ImmutableArray<Diagnostic> diagnostics = await AnalyzerRun.DiagnoseAllAsync(output);
        return (project, output, diagnostics.FirstOrDefault(diagnostic => fixer.FixableDiagnosticIds.Contains(diagnostic.Id)));
    }

    private static async Task<List<CodeAction>> OffersAsync(CodeFixProvider fixer, Project project, Diagnostic? diagnostic)
    {
        Assert.NotNull(diagnostic);
        List<CodeAction> actions = [];
        await fixer.RegisterCodeFixesAsync(new CodeFixContext(
            project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions;
    }
}
