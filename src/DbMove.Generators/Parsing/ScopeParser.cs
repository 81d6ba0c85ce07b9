using DbMove.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Parsing;

/// <summary>Where a type is declared, and as what.</summary>
internal static class ScopeParser
{
    public static ScopeModel Parse(INamedTypeSymbol type)
    {
        List<ContainerModel> containers = [];
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            containers.Insert(0, new ContainerModel(Keyword(outer), Identifiers.Escape(outer.Name)));
        }

        return new ScopeModel(Identifiers.Namespace(type.ContainingNamespace), new EquatableArray<ContainerModel>([.. containers]));
    }

    public static string Keyword(INamedTypeSymbol type) => (type.IsRecord, type.TypeKind) switch
    {
        (true, TypeKind.Struct) => "record struct",
        (true, _) => "record",
        (false, TypeKind.Struct) => "struct",
        (false, TypeKind.Interface) => "interface",
        _ => "class",
    };
}
