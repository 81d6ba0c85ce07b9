using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>A table in a statement.</summary>
/// <param name="Table">The table; null: a query or a function stands in its place.</param>
/// <param name="Alias">What it is called in the statement.</param>
/// <param name="Scope">The query that it stands in.</param>
/// <param name="IsNamedQuery">Whether its name is that of a query, by WITH.</param>
internal sealed record MethodTable(SqlTable? Table, SqlName? Alias, int Scope, bool IsNamedQuery = false)
{
    /// <summary>What a column of it is qualified with; null: only the engine knows.</summary>
    public string? Called => (Alias ?? Table?.Name)?.Text;

    /// <summary>Whether it may be the table of this name.</summary>
    public bool Is(string? schema, string name) =>
        Table is { } table
        && string.Equals(table.Name.Text, name, StringComparison.OrdinalIgnoreCase)
        && (table.Schema is not { } written || string.Equals(written.Text, schema ?? written.Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it is the table of this name wherever the statement runs: a schema that is written is that one.</summary>
    public bool IsExactly(string? schema, string name) =>
        Is(schema, name) && (Table!.Schema is not { } written || string.Equals(written.Text, schema, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a column qualified like this is one of it.</summary>
    public bool IsCalled(string qualifier) =>
        string.Equals(Called, qualifier, StringComparison.OrdinalIgnoreCase);
}
