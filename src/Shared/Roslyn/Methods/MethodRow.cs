using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What a row of a <c>[Sql]</c> method's result becomes.</summary>
/// <param name="Type">The type without nullable wrapper.</param>
internal sealed record MethodRow(ITypeSymbol Type)
{
    /// <summary>Whether it is the repository's entity.</summary>
    public bool IsEntity { get; init; }

    /// <summary>What is read: the one value, or the members of a record. Empty for the entity.</summary>
    public ImmutableArray<MethodField> Fields { get; init; } = [];

    /// <summary>Whether the fields are members of a record.</summary>
    public bool IsRecord { get; init; }

    /// <summary>How many of the fields its constructor takes; the others are set.</summary>
    public int ConstructorArguments { get; init; }
}
