namespace DbMove;

/// <summary>What one pass over the keys that wait for verification found.</summary>
/// <param name="Equal">Keys found equal; they wait no longer.</param>
/// <param name="Different">Keys confirmed as different and published; the repair brings them back for another look.</param>
/// <param name="Pending">Keys that an open intent stands for, or that could not be decided: they stay.</param>
public sealed record VerificationReport(int Equal, int Different, int Pending);
