namespace DbMove.Dialects;

/// <summary>A unique constraint or index other than the primary key.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its column names on this side, in order; empty when it is over an expression.</param>
/// <param name="IsPartial">Whether it covers only some rows (it has a condition).</param>
public sealed record UniqueIndexSchema(string Name, IReadOnlyList<string> Columns, bool IsPartial);
