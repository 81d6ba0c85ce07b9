using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace DbMove.CodeFixes.Declaration;

/// <summary>Fixes DBM1021: marks the type <c>[Migratable]</c> and makes it partial, wherever it is declared.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkMigratableCodeFixer))]
[Shared]
public sealed class MarkMigratableCodeFixer : CodeFixProvider
{
    private const string Title = "Mark the type [Migratable]";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["DBM1021"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan) is { } node
                && model?.GetTypeInfo(node, context.CancellationToken).Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type
                // A type of another project is generated there, if that project has DbMove at all.
                && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, model.Compilation.Assembly))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancellationToken => MarkAsync(context.Document.Project.Solution, type, cancellationToken), equivalenceKey: Title),
                    diagnostic);
            }
        }
    }

    private static async Task<Solution> MarkAsync(Solution solution, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        SolutionEditor editor = new(solution);
        bool isFirst = true;
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (solution.GetDocument(reference.SyntaxTree) is { } document
                && await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is TypeDeclarationSyntax declaration)
            {
                DocumentEditor file = await editor.GetDocumentEditorAsync(document.Id, cancellationToken).ConfigureAwait(false);
                SyntaxNode marked = file.Generator.WithModifiers(declaration, file.Generator.GetModifiers(declaration).WithPartial(true));
                file.ReplaceNode(declaration, isFirst ? ((TypeDeclarationSyntax)marked).WithAttribute(NewSyntax.Migratable, declaration.SyntaxTree.GetText(cancellationToken)) : marked);
                isFirst = false;
            }
        }

        Solution changed = editor.GetChangedSolution();
        foreach (DocumentId id in changed.GetChanges(solution).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments()))
        {
            Document document = await ImportAdder.AddImportsAsync(changed.GetDocument(id)!, Simplifier.AddImportsAnnotation, cancellationToken: cancellationToken).ConfigureAwait(false);
            changed = document.Project.Solution;
        }

        return changed;
    }
}
