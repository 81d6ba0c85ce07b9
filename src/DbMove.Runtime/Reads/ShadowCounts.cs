namespace DbMove.Reads;

/// <summary>Keys of shadow reads, by what became of them; see <see cref="ShadowFigures"/>.</summary>
internal readonly record struct ShadowCounts(int Sampled = 0, int Matched = 0, int Mismatched = 0, int Undecided = 0, int Dropped = 0, int Failed = 0);
