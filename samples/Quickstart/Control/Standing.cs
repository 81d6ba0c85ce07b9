using DbMove;

namespace Quickstart.Control;

/// <summary>Where a migration stands.</summary>
internal sealed record Standing(Stage Stage, long Epoch, long? OpenIntents, long? OpenEvents);
