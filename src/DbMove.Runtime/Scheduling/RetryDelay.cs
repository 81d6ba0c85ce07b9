namespace DbMove.Scheduling;

/// <summary>Growing delays with jitter, so that those who failed together do not come back together.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(10);

    /// <summary>The delay after so many failures in a row: doubling, half of it random.</summary>
    public static TimeSpan After(int failures) => After(failures, s_first, s_most, Random.Shared.NextDouble());

    public static TimeSpan After(int failures, TimeSpan first, TimeSpan most, double random)
    {
        double whole = Math.Min(most.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Clamp(failures - 1, 0, 30)));
        return TimeSpan.FromMilliseconds((whole / 2) + (whole / 2 * random));
    }
}
