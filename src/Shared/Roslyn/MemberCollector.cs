using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>
/// Which members of an entity are columns: its public instance properties with a getter and a way to be set, but no
/// computed, <c>[NotMapped]</c> or navigation property.
/// </summary>
internal static class MemberCollector
{
    private static readonly ImmutableArray<string> s_mappingAttributes =
    [
        AttributeNames.Key, AttributeNames.Column, AttributeNames.TargetColumn, AttributeNames.UpdatedAt, AttributeNames.DatabaseGenerated,
    ];

    public static ImmutableArray<MemberShape> Collect(INamedTypeSymbol type, ImmutableArray<ShapeProblem>.Builder problems, CancellationToken cancellationToken)
    {
        ImmutableArray<MemberShape>.Builder members = ImmutableArray.CreateBuilder<MemberShape>();
        foreach (ISymbol symbol in type.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (symbol is not IPropertySymbol { IsStatic: false, IsIndexer: false, IsImplicitlyDeclared: false, ExplicitInterfaceImplementations.IsEmpty: true } property
                || property.HasAttribute(AttributeNames.NotMapped))
            {
                continue;
            }

            bool attributed = s_mappingAttributes.Any(property.HasAttribute);
            if (!IsReadable(property))
            {
                if (attributed)
                {
                    problems.Add(Problem(ProblemKind.Inaccessible, property, "has no public getter: make the property and its getter public"));
                }

                continue;
            }

            if (property.SetMethod is null && !IsAutoProperty(type, property))
            {
                // Computed in code, unless an attribute says that it is meant to be a column.
                if (attributed)
                {
                    problems.Add(Problem(ProblemKind.Inaccessible, property, "is computed and cannot be set: give it an init or set accessor"));
                }

                continue;
            }

            if (ColumnTypeResolution.Resolve(ColumnTypeResolution.WithoutNullable(property.Type)) is { } columnType)
            {
                members.Add(new MemberShape(property, columnType));
            }
            else if (!Navigation.IsNavigation(property))
            {
                problems.Add(Problem(ProblemKind.UnsupportedType, property, property.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
            }
        }

        return members.ToImmutable();
    }

    private static bool IsReadable(IPropertySymbol property) =>
        property is { DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public };

    private static bool IsAutoProperty(INamedTypeSymbol type, IPropertySymbol property) =>
        type.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static ShapeProblem Problem(ProblemKind kind, IPropertySymbol property, string detail) =>
        new(kind, property.Locations[0], property.ContainingType.Name, property.Name, detail);
}
