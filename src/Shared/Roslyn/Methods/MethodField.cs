using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>One value that is read from a row.</summary>
/// <param name="Name">The name of the record's parameter or property; empty for a single value.</param>
/// <param name="Type">Its type.</param>
internal sealed record MethodField(string Name, ITypeSymbol Type)
{
    public ITypeSymbol BareType { get; } = ColumnTypeResolution.WithoutNullable(Type);

    public bool IsNullable { get; } =
        !SymbolEqualityComparer.Default.Equals(ColumnTypeResolution.WithoutNullable(Type), Type) || (Type.IsReferenceType && Type.NullableAnnotation != NullableAnnotation.NotAnnotated);

    /// <summary>The member whose column it is read from, where that is of its type: it is restored as the member is.</summary>
    public MemberShape? Member { get; init; }

    /// <summary>The member of its type, stored in another form, that it is calculated from: nothing tells in which form it comes.</summary>
    public MemberShape? Converted { get; init; }

    /// <summary>How its type is stored where no column says; null when no column holds it.</summary>
    public StorageShape? Storage { get; } = StorageShape.OfType(ColumnTypeResolution.WithoutNullable(Type));

    /// <summary>Whether it can be read.</summary>
    public bool IsReadable => Member is not null || Storage is not null;
}
