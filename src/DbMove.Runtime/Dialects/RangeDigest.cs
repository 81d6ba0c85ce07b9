namespace DbMove.Dialects;

/// <summary>What a range of rows hashes to.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Digest">A digest over all mapped columns of all rows, as text.</param>
public readonly record struct RangeDigest(long Rows, string Digest);
