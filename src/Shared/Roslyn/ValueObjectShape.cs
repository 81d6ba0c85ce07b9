using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>
/// Recognises a value object such as <c>readonly record struct OrderId(long Value)</c>: a struct with value equality that is
/// made of one value, gives it back and holds nothing else. Told by its members, since metadata does not say "record struct".
/// </summary>
internal static class ValueObjectShape
{
    /// <summary>The property that gives the value back; null when the type is no value object.</summary>
    public static IPropertySymbol? FindPart(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false } named || !HasValueEquality(named))
        {
            return null;
        }

        ImmutableArray<IMethodSymbol> constructors = [.. named.InstanceConstructors.Where(static constructor =>
            constructor.DeclaredAccessibility == Accessibility.Public && !(constructor.IsImplicitlyDeclared && constructor.Parameters.IsEmpty))];
        ImmutableArray<IFieldSymbol> fields = [.. named.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic)];
        if (constructors is not [{ Parameters: [{ RefKind: RefKind.None or RefKind.In } parameter] }]
            || fields is not [{ } field]
            || !SymbolEqualityComparer.Default.Equals(field.Type, parameter.Type)
            || parameter.NullableAnnotation == NullableAnnotation.Annotated)
        {
            return null;
        }

        return named.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property =>
            property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public }
            && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type));
    }

    // Keys are found in dictionaries: without it, they would be boxed and compared by reflection.
    private static bool HasValueEquality(INamedTypeSymbol type) => type.AllInterfaces.Any(contract =>
        contract is { Name: "IEquatable", Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
        && SymbolEqualityComparer.Default.Equals(contract.TypeArguments[0], type));
}
