using System.Runtime.CompilerServices;
using DbMove.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Generators.Parsing.Memory;

/// <summary>
/// Finds the types with <c>[Migratable]</c> and remembers what became of each while nothing that is declared anywhere changes. Not by
/// <c>ForAttributeWithMetadataName</c>: after every edit that binds the attributes of all of them before it asks, which with 1,000 entities
/// takes most of the time of a full run.
/// </summary>
internal static class RememberedEntities
{
    private static readonly ConditionalWeakTable<SyntaxNode, Memory> s_memories = new();

    /// <summary>Whether a node may be an entity: a type with attributes. Their names are looked at later, since another file may give the attribute another name.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is TypeDeclarationSyntax { AttributeLists.Count: > 0 };

    public static ParsedEntity? Parse(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        CompilationPrint compilation = CompilationPrint.Of(context.SemanticModel.Compilation, cancellationToken);
        Memory memory = s_memories.GetValue(context.Node, static _ => new Memory());
        if (memory.Last is { } last && last.Print == compilation.Print)
        {
            return last.Entity;
        }

        ParsedEntity? entity = MayBeMarked((TypeDeclarationSyntax)context.Node, compilation)
            && context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is INamedTypeSymbol type
                ? EntityParser.Parse(type, context.Node, cancellationToken)
                : null;
        memory.Last = new Outcome(compilation.Print, entity);
        return entity;
    }

    /// <summary>By names alone: the attribute's own, or any that a using directive gives to something.</summary>
    private static bool MayBeMarked(TypeDeclarationSyntax type, CompilationPrint compilation)
    {
        return type.AttributeLists.SelectMany(static list => list.Attributes).Select(static attribute => LastPart(attribute.Name))
            .Any(name => name is "Migratable" or "MigratableAttribute" || IsAlias(name) || IsAlias(name + "Attribute"));

        bool IsAlias(string name) => compilation.GlobalAliases.Contains(name)
            || type.Ancestors().SelectMany(Usings).Any(directive => directive.Alias?.Name.Identifier.ValueText == name);
    }

    private static IEnumerable<UsingDirectiveSyntax> Usings(SyntaxNode scope) => scope switch
    {
        CompilationUnitSyntax file => file.Usings,
        BaseNamespaceDeclarationSyntax part => part.Usings,
        _ => [],
    };

    private static string LastPart(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    private sealed class Memory
    {
        // One reference, so that whoever reads it meanwhile sees the one outcome or the other.
        public Outcome? Last { get; set; }
    }

    private sealed record Outcome(Print Print, ParsedEntity? Entity);
}
