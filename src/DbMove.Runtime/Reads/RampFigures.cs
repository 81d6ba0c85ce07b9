namespace DbMove;

/// <summary>What became of the keys that the read ramp meant for the target, since the process began.</summary>
/// <param name="FromTarget">Answered by the target.</param>
/// <param name="Pending">Answered by the source: the target may not have the newest row yet.</param>
/// <param name="Missing">Answered by the source: the target has no such row.</param>
/// <param name="Failed">Answered by the source: the target failed, or did not answer in time.</param>
public sealed record RampFigures(long FromTarget, long Pending, long Missing, long Failed);
