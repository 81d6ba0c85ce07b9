using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>A table's unquoted name, with its schema where one is given.</summary>
/// <param name="Schema">The schema, or null: the connection's default.</param>
/// <param name="Name">The table's name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TableName(string? Schema, string Name)
{
    /// <summary>The name for people: <c>schema.name</c> or <c>name</c>. Not quoted, so never for SQL.</summary>
    public override string ToString() => Schema is null ? Name : Schema + "." + Name;
}
