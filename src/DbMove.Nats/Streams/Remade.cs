namespace DbMove.Nats.Streams;

/// <summary>Something was missing that had been there, and was made again.</summary>
/// <param name="What">What.</param>
/// <param name="At">When.</param>
internal sealed record Remade(string What, DateTimeOffset At);
