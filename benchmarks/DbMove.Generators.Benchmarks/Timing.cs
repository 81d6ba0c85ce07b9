using System.Globalization;

namespace DbMove.Generators.Benchmarks;

/// <summary>Processor times of one thing, all threads together, taken in turn with those of what it is compared with.</summary>
internal sealed class Timing
{
    private readonly List<double> _milliseconds = [];

    public double Median => At(0.5);

    public int Count => _milliseconds.Count;

    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Median:0.#} ms ({At(0):0.#} to {At(1):0.#})");

    /// <summary>Times one run. What was left by the one before is collected first, so that it is not paid for here.</summary>
    public void Run(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        action();
        _milliseconds.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {_milliseconds[^1]:0} ms"));
    }

    private double At(double share)
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted[(int)Math.Round((sorted.Length - 1) * share)];
    }
}
