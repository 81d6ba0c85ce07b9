namespace DbMove;

/// <summary>The stage, as it was read from the database just now.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Epoch">The number of its assignment.</param>
/// <param name="IsIncremental">Whether incremental validation is on.</param>
public sealed record StageAssignment(Stage Stage, long Epoch, bool IsIncremental);
