using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.AdoNet;

/// <summary>A table as a caller named it.</summary>
/// <param name="Schema">The schema, or null.</param>
/// <param name="Name">The table.</param>
internal sealed record SqlTable(SqlName? Schema, SqlName Name)
{
    /// <summary>
    /// Whether it is the table in the catalogue. Without a schema any table of that name is: which one the engine finds
    /// depends on its search path, and an intent for a key too many does no harm.
    /// </summary>
    public bool Is(TableName table, SqlLexicon lexicon) =>
        Name.Is(table.Name, lexicon) && (Schema is not { } schema || schema.Is(table.Schema ?? "main", lexicon));

    /// <summary>The name for people.</summary>
    public override string ToString() => Schema is { } schema ? schema.Text + "." + Name.Text : Name.Text;
}
