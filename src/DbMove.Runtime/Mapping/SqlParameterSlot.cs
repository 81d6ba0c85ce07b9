using System.Collections.Immutable;
using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>A parameter of a <see cref="SqlStatement"/>.</summary>
/// <param name="Name">Its name, without the <c>@</c>.</param>
/// <param name="Source">The ordinal of the mapped column that it meets in the source's text, in whose stored form it is bound; -1: none.</param>
/// <param name="Target">The same in the target's text.</param>
/// <param name="Type">What its value is of.</param>
/// <param name="IsOrdered">Whether a column that it meets is compared with it by order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SqlParameterSlot(string Name, int Source, int Target, ColumnType Type, bool IsOrdered = false)
{
    /// <summary>The ordinals of the mapped columns that it meets besides in the source's text; none by default.</summary>
    public ImmutableArray<int> SourceOthers { get; init; } = [];

    /// <summary>The same in the target's text.</summary>
    public ImmutableArray<int> TargetOthers { get; init; } = [];

    internal ImmutableArray<int> OthersOn(Side side) => side == Side.Source ? SourceOthers : TargetOthers;

    internal int On(Side side) => side == Side.Source ? Source : Target;
}
