namespace DbMove.Backfill;

/// <summary>What one chunk adds to its range's row.</summary>
/// <param name="Reached">The last key of the chunk, or where the range was when the chunk is empty.</param>
/// <param name="IsDone">Whether the range is copied with it.</param>
/// <param name="Read">Rows read.</param>
/// <param name="Inserted">Rows inserted.</param>
/// <param name="Deferred">Rows left to the repair.</param>
internal readonly record struct BackfillAdvance(string? Reached, bool IsDone, int Read, int Inserted, int Deferred);
