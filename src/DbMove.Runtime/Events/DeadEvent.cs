namespace DbMove;

/// <summary>An event that was given up.</summary>
/// <param name="Event">The event.</param>
/// <param name="Reason">Why the last try failed.</param>
/// <param name="DeadAt">When it was given up.</param>
public sealed record DeadEvent(InconsistencyEvent Event, string Reason, DateTimeOffset DeadAt);
