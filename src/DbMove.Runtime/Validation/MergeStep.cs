namespace DbMove.Validation;

/// <summary>What one step of a merge found.</summary>
/// <param name="Compared">Keys compared.</param>
/// <param name="Suspects">Keys that look different; reads on two sides are never at one moment, so they prove nothing yet.</param>
/// <param name="Position">The last key compared: the next step begins after it.</param>
/// <param name="IsEnd">Whether the range is compared to its end.</param>
internal sealed record MergeStep(long Compared, List<string> Suspects, string? Position, bool IsEnd);
