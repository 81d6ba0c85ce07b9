using DbMove.Mapping;

namespace DbMove.Dialects;

/// <summary>A foreign key.</summary>
public sealed record ForeignKeySchema
{
    /// <summary>Its name, or a description where the engine keeps none.</summary>
    public required string Name { get; init; }

    /// <summary>The table that refers.</summary>
    public required TableName Child { get; init; }

    /// <summary>The columns that refer.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The table that is referred to.</summary>
    public required TableName Parent { get; init; }

    /// <summary>Whether deleting a parent deletes or changes children (<c>CASCADE</c>, <c>SET NULL</c>, <c>SET DEFAULT</c>).</summary>
    public bool DeleteChangesChildren { get; init; }

    /// <summary>Whether changing a parent's key changes children.</summary>
    public bool UpdateChangesChildren { get; init; }
}
