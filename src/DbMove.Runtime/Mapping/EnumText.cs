using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>What generated code throws where an enum that is stored by name (<see cref="StoreAsTextAttribute"/>) has none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EnumText
{
    /// <summary>The error for a text in the database that is no name of the enum. It names entity, member and column and holds no data.</summary>
    /// <param name="entity">The entity's name in code.</param>
    /// <param name="member">The member's name in code.</param>
    /// <param name="sourceColumn">The member's column on the source.</param>
    /// <param name="targetColumn">The member's column on the target.</param>
    public static InvalidDataException IsUnknown(string entity, string member, string sourceColumn, string targetColumn) =>
        new($"{entity}.{member} is an enum stored by name, but {Columns(sourceColumn, targetColumn)} holds a text that is no name of it. Names are compared exactly: correct the row, or add the name to the enum.");

    /// <summary>The error for a value in a write that has no name. It names entity and member and holds no data.</summary>
    /// <param name="entity">The entity's name in code.</param>
    /// <param name="member">The member's name in code.</param>
    public static InvalidDataException HasNoName(string entity, string member) =>
        new($"{entity}.{member} is an enum stored by name, but its value is none that the enum declares. Give it a declared value.");

    private static string Columns(string source, string target) => source == target
        ? $"its column '{source}'"
        : $"its column ('{source}' on the source, '{target}' on the target)";
}
