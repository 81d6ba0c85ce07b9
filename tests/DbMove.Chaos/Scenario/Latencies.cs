using System.Globalization;

namespace DbMove.Chaos.Scenario;

/// <summary>How long the writes of a time took, in milliseconds.</summary>
internal sealed record Latencies(string Name, int Writes, double P50, double P99, double Most)
{
    /// <param name="name">Of which time.</param>
    /// <param name="sorted">The durations, sorted.</param>
    public static Latencies Of(string name, List<double> sorted) => sorted.Count == 0
        ? new(name, 0, double.NaN, double.NaN, double.NaN)
        : new(name, sorted.Count, At(sorted, 0.5), At(sorted, 0.99), sorted[^1]);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name,-34} {Writes,7} writes  p50 {P50,8:0.0} ms  p99 {P99,8:0.0} ms  most {Most,8:0.0} ms");

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
