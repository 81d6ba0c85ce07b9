using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>A column of a <see cref="SqlStatement"/>'s result that a member of a record is read from.</summary>
/// <param name="Member">The member's name: a column of that name is taken, without regard to case and underscores.</param>
/// <param name="Source">The name that goes before it on the source; null: none.</param>
/// <param name="Target">The name that goes before it on the target; null: none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SqlResultColumn(string Member, string? Source = null, string? Target = null)
{
    internal string? On(Side side) => side == Side.Source ? Source : Target;
}
