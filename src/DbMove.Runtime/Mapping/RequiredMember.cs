using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>What generated code throws when a member that must have a value has none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RequiredMember
{
    /// <summary>
    /// The error for a null in the column of a member that is not nullable, read from a row or given by the caller.
    /// It names the entity and the member and holds no data.
    /// </summary>
    /// <param name="entity">The entity's name in code.</param>
    /// <param name="member">The member's name in code.</param>
    public static InvalidDataException IsNull(string entity, string member) =>
        new($"{entity}.{member} is not nullable, but its value is null. In a write: give it a value. In a row that was read: declare the member nullable, or make the column NOT NULL and fill it.");
}
