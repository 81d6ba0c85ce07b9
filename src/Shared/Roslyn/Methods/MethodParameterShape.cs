using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>A parameter of a <c>[Sql]</c> method.</summary>
/// <param name="Symbol">The parameter.</param>
/// <param name="Role">What it is for.</param>
internal sealed record MethodParameterShape(IParameterSymbol Symbol, MethodRole Role)
{
    /// <summary>The parameter's type without nullable wrapper.</summary>
    public ITypeSymbol BareType { get; } = ColumnTypeResolution.WithoutNullable(Symbol.Type);

    /// <summary>How a value of its type is stored where no column says; null when no column holds it.</summary>
    public StorageShape? Storage { get; } = StorageShape.OfType(ColumnTypeResolution.WithoutNullable(Symbol.Type));

    /// <summary>The member whose column it meets in the source's text.</summary>
    public MemberShape? Source { get; init; }

    /// <summary>The member whose column it meets in the target's text.</summary>
    public MemberShape? Target { get; init; }

    /// <summary>The members whose columns it meets besides in the source's text.</summary>
    public ImmutableArray<MemberShape> SourceOthers { get; init; } = [];

    /// <summary>The members whose columns it meets besides in the target's text.</summary>
    public ImmutableArray<MemberShape> TargetOthers { get; init; } = [];

    /// <summary>Whether it is compared by order with a column that it meets.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The member in whose stored form the value is bound.</summary>
    public MemberShape? Met => Source ?? Target;

    /// <summary>Whether it may be null.</summary>
    public bool IsNullable =>
        !SymbolEqualityComparer.Default.Equals(BareType, Symbol.Type) || (Symbol.Type.IsReferenceType && Symbol.NullableAnnotation != NullableAnnotation.NotAnnotated);

    /// <summary>How the value becomes what the column that it meets stores.</summary>
    public MethodBinding Binding => Met is not { } member ? MethodBinding.ByType
        : SymbolEqualityComparer.Default.Equals(BareType, member.BareType) ? MethodBinding.AsMember
        : Storage is { IsPlain: true, Enum: null } storage && storage.Type == member.Type ? MethodBinding.AsStored
        : Storage is { IsPlain: true, Enum: null } narrower && member.Storage is { IsPlain: true, Enum: null } && Widens(narrower.Type, member.Type) ? MethodBinding.Widened
        : MethodBinding.Wrong;

    private static bool Widens(ColumnType from, ColumnType to) => (from, to) switch
    {
        (ColumnType.Byte, ColumnType.Int16 or ColumnType.UInt16 or ColumnType.Int32 or ColumnType.UInt32 or ColumnType.Int64 or ColumnType.UInt64 or ColumnType.Decimal) => true,
        (ColumnType.SByte, ColumnType.Int16 or ColumnType.Int32 or ColumnType.Int64 or ColumnType.Decimal) => true,
        (ColumnType.Int16, ColumnType.Int32 or ColumnType.Int64 or ColumnType.Decimal) => true,
        (ColumnType.UInt16, ColumnType.Int32 or ColumnType.UInt32 or ColumnType.Int64 or ColumnType.UInt64 or ColumnType.Decimal) => true,
        (ColumnType.Int32, ColumnType.Int64 or ColumnType.Decimal) => true,
        (ColumnType.UInt32, ColumnType.Int64 or ColumnType.UInt64 or ColumnType.Decimal) => true,
        (ColumnType.Int64 or ColumnType.UInt64, ColumnType.Decimal) => true,
        (ColumnType.Single, ColumnType.Double) => true,
        _ => false,
    };
}
