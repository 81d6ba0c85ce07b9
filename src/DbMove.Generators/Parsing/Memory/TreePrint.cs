using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Generators.Parsing.Memory;

/// <summary>What one file declares: the same for two files that differ only in bodies, comments and white space on which no symbol depends.</summary>
internal sealed class TreePrint
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreePrint> s_known = new();

    private TreePrint(SyntaxTree tree, CancellationToken cancellationToken)
    {
        CompilationUnitSyntax root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);

        // A file that a tool wrote, told by its name or its first comment, has no nullable annotations unless it says so.
        Print head = default(Print).With(tree.FilePath).WithIdentity(tree.Options).With(IsMarkedAsGenerated(root) ? 1UL : 0);

        // Directives on nullability stand between the tokens and change what those mean: such a file counts with every character.
        Print = HasNullableDirective(root) ? head.With(root.ToFullString()) : WithDeclarations(head, root);
        GlobalAliases = [.. root.Usings.Where(static directive => !directive.GlobalKeyword.IsKind(SyntaxKind.None) && directive.Alias is not null)
            .Select(static directive => directive.Alias!.Name.Identifier.ValueText)];
    }

    public Print Print { get; }

    /// <summary>The names that the file gives to something for all files.</summary>
    public ImmutableArray<string> GlobalAliases { get; }

    public static TreePrint Of(SyntaxTree tree, CancellationToken cancellationToken) =>
        s_known.TryGetValue(tree, out TreePrint known) ? known : s_known.GetValue(tree, anew => new TreePrint(anew, cancellationToken));

    private static bool IsMarkedAsGenerated(CompilationUnitSyntax root) =>
        root.GetLeadingTrivia().ToFullString().IndexOf("<auto", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool HasNullableDirective(CompilationUnitSyntax root) =>
        root.ContainsDirectives && root.DescendantTrivia().Any(static trivia => trivia.IsKind(SyntaxKind.NullableDirectiveTrivia));

    // The kinds tell how the tokens hang together, which in a file that is being typed they do not by themselves.
    private static Print WithDeclarations(Print print, CompilationUnitSyntax root)
    {
        foreach (SyntaxNodeOrToken part in root.DescendantNodesAndTokens(static node => !IsIgnored(node)))
        {
            print = print.With((ulong)part.RawKind);
            if (part.IsToken)
            {
                print = print.With(part.AsToken().Text);
            }
            else if (!IsIgnored(part.AsNode()!))
            {
                print = print.With((ulong)part.ChildNodesAndTokens().Count);
            }
        }

        return print;
    }

    /// <summary>
    /// Whether a node is a body on which no symbol depends. A constant's value is none, since attributes may name it. Nor is what makes a field:
    /// an accessor that says <c>field</c>, and any body of a struct, which may name a parameter of the primary constructor.
    /// </summary>
    private static bool IsIgnored(SyntaxNode node) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax =>
            !node.Ancestors().Any(static outer => outer.Kind() is SyntaxKind.StructDeclaration or SyntaxKind.RecordStructDeclaration)
            && (node.Parent is not (AccessorDeclarationSyntax or PropertyDeclarationSyntax) || !node.DescendantTokens().Any(static token => token.ValueText == "field")),
        GlobalStatementSyntax => true,
        _ => false,
    };
}
