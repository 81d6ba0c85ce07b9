namespace DbMove.Sql;

/// <summary>A table as a caller named it.</summary>
/// <param name="Schema">The schema, or null.</param>
/// <param name="Name">The table.</param>
internal sealed record SqlTable(SqlName? Schema, SqlName Name)
{
    /// <summary>The name for people.</summary>
    public override string ToString() => Schema is { } schema ? schema.Text + "." + Name.Text : Name.Text;
}
