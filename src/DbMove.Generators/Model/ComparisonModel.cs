using DbMove.Roslyn;

namespace DbMove.Generators.Model;

/// <summary>By what a column is compared.</summary>
/// <param name="Kind">The policy.</param>
/// <param name="Argument">Its argument as code writes it, or the user's comparer, fully qualified; null when there is none.</param>
internal sealed record ComparisonModel(ComparisonKind Kind, string? Argument);
