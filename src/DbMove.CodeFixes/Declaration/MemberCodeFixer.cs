using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace DbMove.CodeFixes.Declaration;

/// <summary>
/// A fix of an entity that lacks a member of some kind: marks one that there is, in whichever part, base class or parameter list it is
/// declared, or adds one whose name is free. Goes by the shape that the rules and the generator go by.
/// </summary>
public abstract class MemberCodeFixer : CodeFixProvider
{
    private protected MemberCodeFixer(string id) => FixableDiagnosticIds = [id];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <summary>The attribute to mark a member with, as code writes it.</summary>
    private protected abstract string Attribute { get; }

    /// <summary>Whether the mapped member sounds like one to mark, and may be marked.</summary>
    private protected abstract bool IsLikely(MemberShape member);

    /// <summary>What the editor shows for the marking of a member.</summary>
    private protected abstract string MarkTitle(string member);

    /// <summary>The member to add, where another may be added.</summary>
    private protected abstract NewMember? FindNew(EntityShape shape, bool hasLikely);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document document = context.Document;
        SyntaxNode? root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
                || model?.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } type)
            {
                continue;
            }

            EntityShape shape = EntityShape.Inspect(type, context.CancellationToken);
            MemberShape[] likely = [.. shape.Members.Where(IsLikely)];
            foreach (MemberShape member in likely)
            {
                if (member.Property.DeclaringSyntaxReferences is [{ } reference, ..] && document.Project.GetDocument(reference.SyntaxTree) is { } file)
                {
                    Offer(MarkTitle(member.Name), cancellationToken => MarkAsync(file, reference, cancellationToken));
                }
            }

            if (FindNew(shape, likely.Length > 0) is { } added && declaration.OpenBraceToken is { RawKind: (int)SyntaxKind.OpenBraceToken, IsMissing: false })
            {
                Offer(added.Title, cancellationToken => AddAsync(document, declaration, added, cancellationToken));
            }

            void Offer(string title, Func<CancellationToken, Task<Document>> change) =>
                context.RegisterCodeFix(CodeAction.Create(title, change, equivalenceKey: title), diagnostic);
        }
    }

    /// <summary>Whether a member and its column may have the name: none of the entity or its base classes has it in any case, nor has the type.</summary>
    private protected static bool IsFree(EntityShape shape, string name)
    {
        return !IsTheName(shape.Type.Name)
            && !shape.Type.WithBaseTypes().SelectMany(static part => part.GetMembers()).Any(member => IsTheName(member.Name))
            && !shape.Members.Any(member => IsTheName(member.SourceName) || IsTheName(member.TargetName));

        bool IsTheName(string other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Document> MarkAsync(Document file, SyntaxReference member, CancellationToken cancellationToken)
    {
        SyntaxNode node = await member.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
        DocumentEditor editor = await DocumentEditor.CreateAsync(file, cancellationToken).ConfigureAwait(false);
        editor.ReplaceNode(node, node switch
        {
            PropertyDeclarationSyntax property => property.WithAttribute(Attribute, node.SyntaxTree.GetText(cancellationToken)),
            ParameterSyntax parameter => parameter.WithPropertyAttribute(Attribute),
            _ => node,
        });
        return await ImportAsync(editor, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Document> AddAsync(Document document, TypeDeclarationSyntax declaration, NewMember added, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        editor.InsertMembers(declaration, added.IsFirst ? 0 : declaration.Members.Count, [NewSyntax.Member(added.Text)]);
        return await ImportAsync(editor, cancellationToken).ConfigureAwait(false);
    }

    private static Task<Document> ImportAsync(DocumentEditor editor, CancellationToken cancellationToken) =>
        ImportAdder.AddImportsAsync(editor.GetChangedDocument(), Simplifier.AddImportsAnnotation, cancellationToken: cancellationToken);
}
