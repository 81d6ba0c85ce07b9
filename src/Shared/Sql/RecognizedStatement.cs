namespace DbMove.Sql;

/// <summary>One statement of a caller's, and what its text tells of it.</summary>
internal sealed record RecognizedStatement
{
    /// <summary>What it does.</summary>
    public required StatementKind Kind { get; init; }

    /// <summary>The statement alone, without what stands around it.</summary>
    public required string Text { get; init; }

    /// <summary>What it is called in messages: its leading word, never its text, which may hold data.</summary>
    public required string Verb { get; init; }

    /// <summary>Why nothing tells its rows; null where something does.</summary>
    public string? Reason { get; init; }

    /// <summary>The table that it changes; null: none, or several.</summary>
    public SqlTable? Table { get; init; }

    /// <summary>What a column of that table is qualified by: the alias, else the table as it is written.</summary>
    public string Qualifier { get; init; } = string.Empty;

    /// <summary>The columns that an <c>UPDATE</c>, or the update of an upsert, sets.</summary>
    public IReadOnlyList<SqlName> SetColumns { get; init; } = [];

    /// <summary>Where in <see cref="Text"/> its own <c>RETURNING</c> ends; -1: it has none.</summary>
    public int ReturningEnd { get; init; } = -1;

    /// <summary>Whether it may delete rows that stand in the way: <c>REPLACE</c>.</summary>
    public bool Replaces { get; init; }

    /// <summary>Whether it may reach every table, whatever it names.</summary>
    public bool ReachesAll { get; init; }

    /// <summary>Every name in it.</summary>
    public IReadOnlyList<SqlName> Names { get; init; } = [];

    /// <summary>The functions that it calls.</summary>
    public IReadOnlyList<SqlCall> Calls { get; init; } = [];

    /// <summary>Whether it asks for what an earlier statement left on the connection, such as <c>last_insert_rowid()</c>.</summary>
    public bool NeedsSession { get; init; }
}
