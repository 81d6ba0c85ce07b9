using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace DbMove.CodeFixes.Usage;

/// <summary>Where a method of a repository is written: in the user's half, or in one that is begun behind the entity.</summary>
/// <param name="Document">The document.</param>
/// <param name="Anchor">The class that the method goes into, or the entity that it is begun behind.</param>
/// <param name="Begun">The head of the half that is begun; null: there is one.</param>
internal sealed record SqlMethodHome(Document Document, TypeDeclarationSyntax Anchor, string? Begun)
{
    /// <summary>The place; null: the repository or its entity is in no project that is open.</summary>
    public static SqlMethodHome? Find(RepositoryInScope repository, Solution solution, CancellationToken cancellationToken) =>
        Written(repository.Type, solution, cancellationToken) is { } half ? new SqlMethodHome(half.Document, half.Declaration, null)
        : SymbolEqualityComparer.Default.Equals(repository.Type.ContainingSymbol, repository.Entity.ContainingSymbol) && Written(repository.Entity, solution, cancellationToken) is { } entity
            ? new SqlMethodHome(entity.Document, entity.Declaration, $"{SyntaxFacts.GetText(repository.Type.DeclaredAccessibility)} partial class {NewSyntax.Name(repository.Type.Name)}")
        : null;

    /// <summary>Adds the method where an editor is.</summary>
    public void Add(DocumentEditor editor, MemberDeclarationSyntax method)
    {
        if (Begun is null)
        {
            editor.AddMember(Anchor, method);
        }
        else
        {
            editor.InsertAfter(Anchor, Begin(method));
        }
    }

    /// <summary>The file with the method.</summary>
    public SyntaxNode AddTo(MemberDeclarationSyntax method)
    {
        SyntaxNode root = Anchor.SyntaxTree.GetRoot();
        return Begun is null
            ? root.ReplaceNode(Anchor, Anchor.AddMembers(method))
            : root.InsertNodesAfter(Anchor, [Begin(method)]);
    }

    private ClassDeclarationSyntax Begin(MemberDeclarationSyntax method)
    {
        ClassDeclarationSyntax half = (ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"\n{Begun}\n{{\n}}\n")!;
        return half.AddMembers(method).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static (Document Document, TypeDeclarationSyntax Declaration)? Written(ITypeSymbol type, Solution solution, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (solution.GetDocument(reference.SyntaxTree) is { } document
                && document is not SourceGeneratedDocument
                && !document.Name.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase)
                && reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration)
            {
                return (document, declaration);
            }
        }

        return null;
    }
}
