using DbMove.Mapping;

namespace DbMove.Dialects;

/// <summary>A table as the database's catalogue describes it.</summary>
public sealed record TableSchema
{
    /// <summary>The table's full name.</summary>
    public required TableName Name { get; init; }

    /// <summary>What tells this physical table from every other one, also through another connection string: the same text is the same table.</summary>
    public required string PhysicalId { get; init; }

    /// <summary>Whether its name without the schema means this table on the side's connections: by their search path. Default true.</summary>
    public bool IsFoundByName { get; init; } = true;

    /// <summary>Every column, mapped or not.</summary>
    public required IReadOnlyList<ColumnSchema> Columns { get; init; }

    /// <summary>The primary key's column names, in order; empty when there is none.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    /// <summary>Unique constraints and indexes, without the primary key.</summary>
    public IReadOnlyList<UniqueIndexSchema> UniqueIndexes { get; init; } = [];

    /// <summary>Foreign keys of this table to others.</summary>
    public IReadOnlyList<ForeignKeySchema> ForeignKeys { get; init; } = [];

    /// <summary>Foreign keys of other tables (and its own) that refer to this one.</summary>
    public IReadOnlyList<ForeignKeySchema> ReferencedBy { get; init; } = [];

    /// <summary>Names of enabled triggers and rules that users made, without those that only implement constraints.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>What the table's constraints do to rows instead of refusing the statement, as its definition says it (SQLite: <c>ON CONFLICT REPLACE</c>).</summary>
    public IReadOnlyList<string> ConflictActions { get; init; } = [];

    /// <summary>Finds a column by its unquoted name, exactly as the catalogue spells it or as the engine would fold it.</summary>
    public ColumnSchema? FindColumn(string name) =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal))
        ?? Columns.FirstOrDefault(column => NamesFoldCase && string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the engine finds a quoted column whatever its case (SQLite does).</summary>
    public bool NamesFoldCase { get; init; }
}
