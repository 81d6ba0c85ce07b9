using System.Collections.Immutable;

namespace DbMove.Roslyn;

/// <summary>A parameter at one place of a text.</summary>
/// <param name="Parameter">Its name without the <c>@</c>.</param>
/// <param name="Member">The member whose column it meets; null: none.</param>
/// <param name="IsOrdered">Whether it is compared by order.</param>
/// <param name="IsApart">Whether it has certainly nothing to do with the entity's columns.</param>
internal readonly record struct MethodMeeting(string Parameter, MemberShape? Member, bool IsOrdered, bool IsApart)
{
    /// <summary>Whether it is only asked for being null, which is the same in every form.</summary>
    public bool IsNullTest { get; init; }

    /// <summary>Whether it is compared with a column that is certainly another table's.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The member of another entity that it is compared with; null: none is known.</summary>
    public MemberShape? Known { get; init; }

    /// <summary>The members of other entities whose columns stand in the same expression.</summary>
    public ImmutableArray<MemberShape> BesideKnown { get; init; } = [];

    /// <summary>What a cast makes of it.</summary>
    public MethodCast Cast { get; init; }

    /// <summary>The member whose column it may meet: the name is one of the entity's, and stands in a query on other tables.</summary>
    public MemberShape? Possible { get; init; }

    /// <summary>The members whose columns stand, or may stand, in the same expression; of one that meets no column.</summary>
    public ImmutableArray<MemberShape> Beside { get; init; } = [];
}
