namespace DbMove.Roslyn;

/// <summary>A parameter at one place of a text.</summary>
/// <param name="Parameter">Its name without the <c>@</c>.</param>
/// <param name="Member">The member whose column it meets; null: none.</param>
/// <param name="IsOrdered">Whether it is compared by order.</param>
/// <param name="IsApart">Whether it has certainly nothing to do with the entity's columns.</param>
internal readonly record struct MethodMeeting(string Parameter, MemberShape? Member, bool IsOrdered, bool IsApart);
