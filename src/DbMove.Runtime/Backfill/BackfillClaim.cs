using DbMove.Control;

namespace DbMove.Backfill;

/// <summary>A worker's hold on a range.</summary>
/// <param name="Range">The range as it was when it was claimed.</param>
/// <param name="Token">What the range's row must still hold for the worker to advance it.</param>
/// <param name="Target">The target's control row when the range was claimed; it must be the same at every commit.</param>
internal sealed record BackfillClaim(BackfillRange Range, string Token, ControlRow? Target);
