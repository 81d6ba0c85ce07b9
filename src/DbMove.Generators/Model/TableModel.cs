namespace DbMove.Generators.Model;

/// <summary>A table's unquoted name.</summary>
internal sealed record TableModel(string? Schema, string Name);
