namespace DbMove.Simulation.Tests.Worlds;

/// <summary>How a schedule ended.</summary>
internal sealed record Verdict(int Seed, ulong Trace, long Steps, int Acknowledged, int Unknown, IReadOnlyList<string> Violations, IReadOnlyList<string> Log);
