namespace DbMove.Roslyn;

/// <summary>By what a member is compared: the names of the runtime's <c>DbMove.Mapping.ColumnComparison</c> (a test keeps them equal).</summary>
internal enum ComparisonKind
{
    Value,
    None,
    Tolerance,
    Precision,
    Text,
    TrimmedText,
    Json,
    Own,
}
