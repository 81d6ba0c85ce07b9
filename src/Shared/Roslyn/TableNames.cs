using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What an entity's table is called on each side.</summary>
internal static class TableNames
{
    public static (string? Schema, string Name) Source(INamedTypeSymbol entity)
    {
        AttributeData? table = entity.FindInheritedAttribute(AttributeNames.Table);
        return (table.Text("Schema"), table.Text(0) ?? entity.Name);
    }

    public static (string? Schema, string Name) Target(INamedTypeSymbol entity) =>
        entity.FindAttribute(AttributeNames.TargetTable) is { } table && table.Text(0) is { } name
            ? (table.Text("Schema"), name)
            : Source(entity);
}
