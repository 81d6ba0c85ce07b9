namespace DbMove.Nats.Streams;

/// <summary>A stream and consumer that have been found or made as they must be.</summary>
/// <param name="Session">The connection over which they were.</param>
/// <param name="Generation">Grows whenever the stream is made: sequence numbers begin again then, and old ones mean other messages.</param>
internal sealed record StreamState(Connection.NatsSession Session, int Generation);
