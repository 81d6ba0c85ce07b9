namespace DbMove.Nats.Streams;

/// <summary>Something was missing that had been there, or was dead, and was made again.</summary>
/// <param name="What">What.</param>
/// <param name="At">When.</param>
/// <param name="WasDead">Whether it was replaced by this process, because it answered no pull.</param>
internal sealed record Remade(string What, DateTimeOffset At, bool WasDead);
