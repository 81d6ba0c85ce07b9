namespace Quickstart.Control;

/// <summary>Whether backfill and full validation run in this process.</summary>
internal sealed record WorkState(bool IsBackfilling, bool IsValidating);
