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
        AttributeNames.StoreAsText, AttributeNames.Convert, AttributeNames.Json, AttributeNames.SourceOnly, AttributeNames.TargetOnly,
        AttributeNames.ConcurrencyCheck, AttributeNames.Timestamp,
        .. ComparisonShape.Policies,
    ];

    public static ImmutableArray<MemberShape> Collect(
        INamedTypeSymbol type, Location location, ImmutableArray<ShapeProblem>.Builder problems, CancellationToken cancellationToken)
    {
        ImmutableArray<MemberShape>.Builder members = ImmutableArray.CreateBuilder<MemberShape>();
        foreach (IPropertySymbol property in Candidates(type))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (property.HasAttribute(AttributeNames.NotMapped))
            {
                continue;
            }

            MemberShape member = new(type, property, location);
            bool attributed = s_mappingAttributes.Any(property.HasAttribute);
            if (!IsReadable(property))
            {
                if (attributed)
                {
                    Add(ProblemKind.Inaccessible, "has no public getter: make the property and its getter public");
                }
            }
            else if (member.Setter is null && !IsAutoProperty(property) && !IsCompiledAutoProperty(type, property))
            {
                // Computed in code, unless an attribute says that it is meant to be a column.
                if (attributed)
                {
                    Add(ProblemKind.Inaccessible, "is computed and cannot be set: give it an init or set accessor");
                }
            }
            else if (member is { IsUnstorable: false, Storage: { } storage })
            {
                members.Add(member);
                if ((storage.Problem ?? member.TargetStorage?.Problem) is { } problem)
                {
                    Add(ProblemKind.InvalidStorage, problem);
                }
            }
            else if (attributed || !Navigation.IsNavigation(property))
            {
                Add(ProblemKind.UnsupportedType, property.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
            }

            void Add(ProblemKind kind, string detail) => problems.Add(new ShapeProblem(kind, member.Location, type.Name, property.Name, detail));
        }

        return members.ToImmutable();
    }

    /// <summary>The instance properties, those of base classes first; one that overrides or hides another takes its place.</summary>
    private static List<IPropertySymbol> Candidates(INamedTypeSymbol type)
    {
        List<IPropertySymbol> properties = type is { TypeKind: TypeKind.Class, BaseType: { } parent } ? Candidates(parent) : [];
        foreach (ISymbol symbol in type.GetMembers())
        {
            if (symbol is IPropertySymbol { IsStatic: false, IsIndexer: false, IsImplicitlyDeclared: false, ExplicitInterfaceImplementations.IsEmpty: true } property)
            {
                int hidden = properties.FindIndex(candidate => candidate.Name == property.Name);
                if (hidden < 0)
                {
                    properties.Add(property);
                }
                else
                {
                    properties[hidden] = property;
                }
            }
        }

        return properties;
    }

    private static bool IsReadable(IPropertySymbol property) =>
        property is { DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public };

    private static bool IsAutoProperty(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    // Nobody sees the field of a compiled one, but the compiler has marked its getter.
    private static bool IsCompiledAutoProperty(INamedTypeSymbol entity, IPropertySymbol property) =>
        entity.DeclaringSyntaxReferences.IsEmpty && property.GetMethod?.HasAttribute(AttributeNames.CompilerGenerated) == true;
}
