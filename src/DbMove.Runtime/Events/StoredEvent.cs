namespace DbMove.Events;

/// <summary>An event as its row says.</summary>
/// <param name="RowId">The row.</param>
/// <param name="Event">The event.</param>
/// <param name="Reason">Why the last try failed.</param>
/// <param name="DeadAt">When it was given up, milliseconds by the database's clock.</param>
internal sealed record StoredEvent(long RowId, InconsistencyEvent Event, string? Reason, long? DeadAt);
