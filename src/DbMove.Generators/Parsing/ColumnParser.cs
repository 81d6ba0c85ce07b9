using DbMove.Generators.Model;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Parsing;

/// <summary>Turns a mapped member into a model.</summary>
internal static class ColumnParser
{
    public static ColumnModel Parse(MemberShape member, int ordinal, int keyOrdinal) => new()
    {
        Ordinal = ordinal,
        Name = member.Name,
        Identifier = Identifiers.Escape(member.Name),
        SourceName = member.SourceName,
        TargetName = member.TargetName,
        Type = member.Type,
        TypeName = member.BareType.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
        EnumUnderlying = (member.BareType as INamedTypeSymbol)?.EnumUnderlyingType?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
        // A key is never null, whatever a file without nullable annotations leaves open.
        IsNullable = keyOrdinal < 0 && member.IsNullable,
        IsReference = member.Property.Type.IsReferenceType,
        KeyOrdinal = keyOrdinal,
        Generated = member.Generated,
        IsUpdatedAt = member.IsUpdatedAt,
    };
}
