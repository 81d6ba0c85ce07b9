using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>A parameter of a <see cref="SqlStatement"/>.</summary>
/// <param name="Name">Its name, without the <c>@</c>.</param>
/// <param name="Source">The ordinal of the mapped column that it meets in the source's text, in whose stored form it is bound; -1: none.</param>
/// <param name="Target">The same in the target's text.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SqlParameterSlot(string Name, int Source, int Target)
{
    internal int On(Side side) => side == Side.Source ? Source : Target;
}
