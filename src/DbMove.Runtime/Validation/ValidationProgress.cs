namespace DbMove;

/// <summary>A snapshot of this process's validation.</summary>
/// <param name="IsRunning">Whether a full pass is under way.</param>
/// <param name="IsPaused">Whether it was told to wait.</param>
/// <param name="Entities">What it has found so far; empty before the first pass.</param>
public sealed record ValidationProgress(bool IsRunning, bool IsPaused, IReadOnlyList<ValidationEntityReport> Entities);
