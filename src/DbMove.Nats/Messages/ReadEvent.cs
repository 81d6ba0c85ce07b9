namespace DbMove.Nats.Messages;

/// <summary>What was read from a message.</summary>
/// <param name="Event">The event, or a placeholder with what is known of it.</param>
/// <param name="Defect">Why it cannot be read; null: it can.</param>
internal readonly record struct ReadEvent(InconsistencyEvent Event, string? Defect);
