using System.Collections.Immutable;
using DbMove.Generators.Model;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Parsing;

/// <summary>Turns a <c>[Migratable]</c> type into a model; into an outline when its shape has a problem, which an analyzer reports.</summary>
internal static class EntityParser
{
    public static ParsedEntity? Parse(INamedTypeSymbol type, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (!IsFirst(type, node))
        {
            return null;
        }

        EntityShape shape = EntityShape.Inspect(type, cancellationToken);
        EntityModel entity = ToModel(shape, cancellationToken);
        return shape.IsValid ? new ParsedEntity(entity, null)
            : OutlineParser.Parse(shape, entity, cancellationToken) is { } outline ? new ParsedEntity(null, outline)
            : null;
    }

    // A second [Migratable] on another part is the compiler's error; it must not become a second set of files.
    private static bool IsFirst(INamedTypeSymbol type, SyntaxNode node) =>
        type.FindAttribute(AttributeNames.Migratable)?.ApplicationSyntaxReference is { } reference
        && reference.SyntaxTree == node.SyntaxTree
        && node.Span.Contains(reference.Span);

    public static EntityModel ToModel(EntityShape shape, CancellationToken cancellationToken)
    {
        INamedTypeSymbol type = shape.Type;
        ScopeModel scope = ScopeParser.Parse(type);
        (string? Schema, string Name) source = shape.SourceTable;
        (string? Schema, string Name) target = shape.TargetTable;
        return new EntityModel
        {
            Scope = scope,
            Name = type.Name,
            Identifier = Identifiers.Escape(type.Name),
            Keyword = ScopeParser.Keyword(type),
            Accessibility = type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal",
            IsVisibleOutside = TypeRules.IsVisibleOutside(type),
            WireName = shape.WireName,
            HintPrefix = FileNames.Fit(EntityShape.FileName(type)),
            Source = new TableModel(source.Schema, source.Name),
            Target = new TableModel(target.Schema, target.Name),
            IsIdentical = shape.IsIdentical,
            Columns = new EquatableArray<ColumnModel>([.. shape.Members.Select((member, ordinal) => ColumnParser.Parse(member, ordinal, shape.Key.IndexOf(member)))]),
            Key = Ordinals(shape.Key),
            ConstructorArguments = Ordinals(shape.Constructor?.Arguments ?? []),
            Initialized = Ordinals(shape.Constructor?.Initialized ?? []),
            Repository = RepositoryParser.ParseBeside(type, cancellationToken),
            OwnContract = ContractParser.Parse(type, type.Name + "Repository", type, cancellationToken),
        };

        EquatableArray<int> Ordinals(ImmutableArray<MemberShape> members) =>
            new([.. members.Select(member => shape.Members.IndexOf(member))]);
    }
}
