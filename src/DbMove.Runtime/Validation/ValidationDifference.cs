namespace DbMove;

/// <summary>One confirmed difference.</summary>
/// <param name="Entity">The entity's wire name.</param>
/// <param name="Key">The key's text.</param>
/// <param name="Kind">How the sides differ.</param>
/// <param name="Columns">Source names of the columns that differ; empty where a row is missing.</param>
public sealed record ValidationDifference(string Entity, string Key, InconsistencyKind Kind, IReadOnlyList<string> Columns);
