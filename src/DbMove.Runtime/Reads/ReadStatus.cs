namespace DbMove;

/// <summary>Where the reads of one process go.</summary>
/// <param name="TargetPercentage">See <see cref="ReadOptions.TargetPercentage"/>.</param>
/// <param name="IsTargetRead">Whether the target answers its share now.</param>
/// <param name="Detail">Why, or why not.</param>
/// <param name="Ramp">What became of the keys under the percentage.</param>
/// <param name="ShadowPercentage">See <see cref="ReadOptions.ShadowPercentage"/>.</param>
/// <param name="Shadow">What became of the shadow reads of this stage.</param>
public sealed record ReadStatus(int TargetPercentage, bool IsTargetRead, string Detail, RampFigures Ramp, int ShadowPercentage, ShadowFigures Shadow);
