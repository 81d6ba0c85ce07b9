using NATS.Client.Core;

namespace DbMove.Nats.Connection;

/// <summary>The answer to a request.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Message">The answer; only where there is one.</param>
internal readonly record struct Reply(ReplyKind Kind, NatsMsg<byte[]> Message);
