using DbMove.Dialects;

namespace DbMove.AdoNet.Recognition;

/// <summary>A table as a caller named it.</summary>
/// <param name="Schema">The schema, or null.</param>
/// <param name="Name">The table.</param>
internal sealed record SqlTable(SqlName? Schema, SqlName Name)
{
    /// <summary>Whether the engine takes it for the table in the catalogue. Without a schema it is the one that the search path finds.</summary>
    public bool Is(TableSchema table, SqlLexicon lexicon) =>
        Name.Is(table.Name.Name, lexicon) && (Schema is { } schema ? schema.Is(table.Name.Schema ?? "main", lexicon) : table.IsFoundByName);

    /// <summary>The name for people.</summary>
    public override string ToString() => Schema is { } schema ? schema.Text + "." + Name.Text : Name.Text;
}
