using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>A table in a statement.</summary>
/// <param name="Table">The table; null: a query or a function stands in its place.</param>
/// <param name="Alias">What it is called in the statement.</param>
internal sealed record MethodTable(SqlTable? Table, SqlName? Alias)
{
    /// <summary>Whether it may be the table of this name.</summary>
    public bool Is(string? schema, string name) =>
        Table is { } table
        && string.Equals(table.Name.Text, name, StringComparison.OrdinalIgnoreCase)
        && (table.Schema is not { } written || string.Equals(written.Text, schema ?? written.Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a column qualified like this is one of it.</summary>
    public bool IsCalled(string qualifier) =>
        string.Equals((Alias ?? Table?.Name)?.Text, qualifier, StringComparison.OrdinalIgnoreCase);
}
