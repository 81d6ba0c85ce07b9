namespace DbMove.Validation;

/// <summary>A full pass that has been recorded and compares nothing yet.</summary>
/// <param name="Run">Its identity.</param>
/// <param name="Dirty">The dirty marks that stood before it began; they go if it ends clean.</param>
internal sealed record PassStart(string Run, IReadOnlyList<(Side Side, long Id, string Entity)> Dirty);
